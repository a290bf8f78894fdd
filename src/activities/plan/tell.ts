import { type ChatRef, findChat } from '../../db/chat/chats.ts';
import { sayNotice } from '../../db/chat/outgoing.ts';
import type { FactsDeps } from '../../db/order/facts.ts';
import { markNotice, markNoticeFailed, type Notice } from '../../db/order/notices.ts';
import { readSubscription } from '../../db/plan/subscriptionfacts.ts';
import type { PlanNoticeKind, SubscriptionFacts } from '../../domain/facts.ts';
import { MailError } from '../../notify/mailer.ts';
import { invoiceOf, isPlanNoticeTrue, planLetter, planMessage } from '../../notify/plan.ts';
import type { Deps } from '../deps.ts';

type PlanNotice = Notice & { kind: PlanNoticeKind };

/**
 * Sends one notice of a subscription, unless it stopped being true. In chats it goes to the base's owner
 * and to who asked for the invoice that it is about; answers those chats, whose outboxes hold it.
 */
export async function sendPlanNotice(
  deps: Deps & FactsDeps,
  notice: PlanNotice,
): Promise<ChatRef[]> {
  const facts = await readSubscription(deps.pool, deps, notice);
  if (!facts || !isPlanNoticeTrue(notice.kind, notice.occurrence, facts)) {
    await markNotice(deps.pool, notice, 'dropped');
    return [];
  }
  if (notice.channel === 'telegram') return sayInChats(deps, notice, facts);
  await mail(deps, notice, facts);
  return [];
}

async function sayInChats(
  deps: Deps & FactsDeps,
  notice: PlanNotice,
  facts: SubscriptionFacts,
): Promise<ChatRef[]> {
  const { business, code, kind, occurrence } = notice;
  const payer = invoiceOf(kind, occurrence, facts)?.chatId;
  const chats = [...new Set([facts.ownerChat, ...(payer ? [payer] : [])])].map((chatId) => ({
    business,
    chatId,
  }));
  let said = 0;
  for (const chat of chats) {
    const message = planMessage(kind, occurrence, await readIn(deps, facts, chat), deps.texts);
    const saying = { method: 'sendMessage', payload: { chat_id: chat.chatId, ...message } };
    const name = `${code}.${kind}.${occurrence}`;
    if ((await sayNotice(deps.pool, chat, name, saying)) === 'said') said += 1;
  }
  await markNotice(deps.pool, notice, said > 0 ? 'sent' : 'dropped');
  return chats;
}

/** The facts in a chat's own language, whoever asked for the invoice; as they are where it is unknown. */
async function readIn(
  deps: Deps & FactsDeps,
  facts: SubscriptionFacts,
  chat: ChatRef,
): Promise<SubscriptionFacts> {
  const language = (await findChat(deps.pool, chat))?.language;
  const ref = { business: chat.business, code: facts.code };
  return (language && (await readSubscription(deps.pool, deps, ref, language))) ?? facts;
}

async function mail(
  deps: Deps & FactsDeps,
  notice: PlanNotice,
  read: SubscriptionFacts,
): Promise<void> {
  const owner = { business: notice.business, chatId: read.ownerChat };
  const facts = await readIn(deps, read, owner);
  // A rehearsal is for who rehearses: nobody else gets mail of it.
  const isOperators = notice.channel === 'operator' || facts.isRehearsal;
  const to = isOperators ? facts.business.email : facts.email;
  const { kind, occurrence, channel } = notice;
  const id = `${notice.code}.${kind}.${occurrence}.${channel}`.replace(/[^\w.-]/g, '-');
  try {
    const letter = planLetter(kind, occurrence, channel, facts, deps.texts);
    const messageId = `<${id}@${notice.business}.pesan>`;
    await deps.mailer.send({ to, ...letter, attachments: [], messageId });
  } catch (error) {
    const final = error instanceof MailError && !error.temporary;
    const code = error instanceof MailError ? error.code : 'RENDER';
    await markNoticeFailed(deps.pool, notice, code, final);
    if (final) return;
    throw error;
  }
  await markNotice(deps.pool, notice, 'sent');
}
