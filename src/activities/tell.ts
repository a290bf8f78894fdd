import { type ChatRef, findChatOf } from '../db/chat/chats.ts';
import { sayNotice } from '../db/chat/outgoing.ts';
import { type FactsDeps, readFacts } from '../db/order/facts.ts';
import { markNotice, markNoticeFailed, type Notice, takeDueNotice } from '../db/order/notices.ts';
import type { BookingRef } from '../domain/booking.ts';
import { type BookingFacts, type BookingNoticeKind, isPlanNotice } from '../domain/facts.ts';
import { attachmentsOf } from '../notify/attachments.ts';
import { chatNotice, isSaidInChat } from '../notify/chat.ts';
import { MailError } from '../notify/mailer.ts';
import { renderNotice } from '../notify/notice.ts';
import type { Deps } from './deps.ts';
import { sendPlanNotice } from './plan/tell.ts';

/**
 * Sends what the outbox holds for an order. Each notice is looked at again before it goes: one that
 * stopped being true is dropped. One that fails stays due and does not stop the others; then this
 * throws, to be tried again. Two senders never have the same notice in hand. A crash between sending and marking may repeat that one message.
 */
export async function sendNotices(deps: Deps & FactsDeps, ref: BookingRef): Promise<void> {
  const failures: unknown[] = [];
  const chat = await findChatOf(deps.pool, ref);
  const chats = new Map(chat && [[chat.chatId, chat]]);
  for (;;) {
    const notice = await takeDueNotice(deps.pool, ref);
    if (!notice) break;
    const sending = sendOne(deps, notice, chat).then((told) => {
      for (const also of told ?? []) chats.set(also.chatId, also);
    });
    await sending.catch((error: unknown) => failures.push(error));
  }
  for (const told of chats.values()) {
    if ((await deps.sendChat(told)) === 'later') failures.push(new Error('Said later.'));
  }
  if (failures.length > 0) throw failures[0];
}

/** Sends one notice; answers the chats that it was put to, beside the order's own. */
async function sendOne(
  deps: Deps & FactsDeps,
  notice: Notice,
  chat: ChatRef | undefined,
): Promise<ChatRef[] | undefined> {
  const { kind } = notice;
  if (isPlanNotice(kind)) return sendPlanNotice(deps, { ...notice, kind });
  const booking = { ...notice, kind };
  await (notice.channel === 'telegram' ? sayInChat(deps, booking, chat) : send(deps, booking));
  return undefined;
}

type BookingNotice = Notice & { kind: BookingNoticeKind };

/** Puts a notice into the chat's own outbox, which sends in order and as fast as Telegram allows. */
async function sayInChat(
  deps: Deps & FactsDeps,
  notice: BookingNotice,
  chat: ChatRef | undefined,
): Promise<void> {
  const facts = await readFacts(deps.pool, deps, notice);
  if (!facts || !chat || !stillTrue(notice, facts) || !isSaidInChat(notice.kind)) {
    return markNotice(deps.pool, notice, 'dropped');
  }
  const { code, kind, occurrence } = notice;
  const payload = { chat_id: chat.chatId, ...chatNotice(kind, facts, deps.texts) };
  const said = await sayNotice(deps.pool, chat, `${code}.${kind}.${occurrence}`, {
    method: 'sendMessage',
    payload,
  });
  await markNotice(deps.pool, notice, said === 'said' ? 'sent' : 'dropped');
}

async function send(deps: Deps & FactsDeps, notice: BookingNotice): Promise<void> {
  const facts = await readFacts(deps.pool, deps, notice);
  const to = facts && (notice.channel === 'operator' ? facts.business.email : facts.customer.email);
  if (!facts || !to || !stillTrue(notice, facts)) {
    return markNotice(deps.pool, notice, 'dropped');
  }
  try {
    const mail = renderNotice(notice.kind, notice.channel, facts, deps.texts);
    const attachments = await attachmentsOf(notice.kind, notice.channel, facts, deps.texts);
    const id = `${notice.code}.${notice.kind}.${notice.occurrence}.${notice.channel}`;
    const messageId = `<${id.replace(/[^\w.-]/g, '-')}@${notice.business}.pesan>`;
    await deps.mailer.send({ to, ...mail, attachments, messageId });
  } catch (error) {
    const final = error instanceof MailError && !error.temporary;
    const code = error instanceof MailError ? error.code : 'RENDER';
    await markNoticeFailed(deps.pool, notice, code, final);
    if (final) return;
    throw error;
  }
  await markNotice(deps.pool, notice, 'sent');
}

/** Whether a notice still tells the truth: nobody is reminded of what was paid or cancelled. */
function stillTrue({ kind, occurrence }: BookingNotice, facts: BookingFacts): boolean {
  switch (kind) {
    case 'held':
    case 'offered':
    case 'remind':
    case 'denied':
      return facts.state === 'held';
    case 'visit':
      // Of the date that it has now: one that was moved meanwhile has its own reminder.
      return facts.state === 'paid' && occurrence === facts.visitAt.toISOString();
    case 'review':
      return facts.state === 'review';
    case 'paid':
    case 'late_paid':
    case 'moved':
      return facts.state === 'paid' || facts.state === 'completed';
    default:
      return true;
  }
}
