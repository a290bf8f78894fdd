import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Customers, Heard } from './customers.ts';
import type { Desk } from './desk.ts';
import type { Facts, FileInfo, Kept } from './facts.ts';
import { type Limits, LimitsRequest } from './limits.ts';

export interface ControlParts {
  facts: Facts;
  desk: Desk;
  customers: Customers;
  limits: Limits;
}

const Say = z.strictObject({
  bot: z.string(),
  text: z.string().min(1).max(4096),
  language: z.string().min(2).max(10).optional(),
  name: z.string().min(1).max(64).optional(),
});
const Press = z.strictObject({
  bot: z.string(),
  label: z.string().optional(),
  messageId: z.int().optional(),
});
const Person = z.strictObject({
  name: z.string().min(1).max(64).optional(),
  language: z.string().min(2).max(10).optional(),
});
const OnlyBot = z.strictObject({ bot: z.string() });
/** A bot is known from its first call on; Pesan may just be starting. */
const BOT_WAIT_MS = 5_000;

/** `/control/telegram/…`: what people do in their chats. */
export function telegramControl(parts: ControlParts): Router {
  const { facts, desk, customers, limits } = parts;
  const router = Router();
  router.get('/limits', (_req, res) => void res.json(limits.current()));
  router.put('/limits', (req, res) => {
    const read = LimitsRequest.safeParse(req.body ?? {});
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    limits.put(read.data);
    res.json(limits.current());
  });
  router.put('/:chatId', (req, res) => {
    const read = Person.safeParse(req.body ?? {});
    const chatId = chatIdOf(req);
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    if (!chatId) return sendError(res, 404, `No chat '${req.params.chatId}'.`);
    const { name, language } = read.data;
    const { id, ...kept } = customers.put(chatId, {
      ...(language && { language }),
      ...(name && { name }),
    });
    res.json({ chatId: id, name: kept.name, language: kept.language });
  });

  const deed = <T extends { bot: string }>(
    name: string,
    schema: z.ZodType<T>,
    act: (res: Response, chatId: number, asked: T) => unknown,
  ) =>
    router.post(`/:chatId/${name}`, async (req, res) => {
      const read = schema.safeParse(req.body ?? {});
      if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
      const chatId = chatIdOf(req);
      if (!chatId) return sendError(res, 404, `No chat '${req.params.chatId}'.`);
      if (!(await isKnown(parts, read.data.bot))) return sendNoBot(res, read.data.bot);
      await act(res, chatId, read.data);
    });

  deed('say', Say, async (res, chatId, { bot, text, language, name }) => {
    customers.put(chatId, { ...(language && { language }), ...(name && { name }) });
    res.json(shown(await customers.say(bot, chatId, text)));
  });
  deed('press', Press, async (res, chatId, { bot, label, messageId }) => {
    const found = customers.findButton(bot, chatId, label, messageId);
    if (!found) return sendError(res, 404, `No button '${label}' in chat ${chatId} with '${bot}'.`);
    const { message, button } = found;
    if (button.url || button.copy_text) return void res.json({ ...button, messages: [] });
    const isContact = button.request_contact === true;
    const pressed = isContact
      ? customers.shareContact(bot, chatId)
      : customers.press(bot, chatId, message, button);
    res.json(shown(await pressed));
  });
  deed('contact', OnlyBot, async (res, chatId, { bot }) => {
    res.json(shown(await customers.shareContact(bot, chatId)));
  });
  deed('block', OnlyBot, (res, chatId, { bot }) => {
    customers.setBlocked(bot, chatId, true);
    res.json({ blocked: true });
  });
  deed('unblock', OnlyBot, (res, chatId, { bot }) => {
    customers.setBlocked(bot, chatId, false);
    res.json({ blocked: false });
  });

  router.get('/:chatId/messages', async (req, res) => {
    const bot = String(req.query.bot ?? '');
    const chatId = chatIdOf(req);
    if (!chatId) return sendError(res, 404, `No chat '${req.params.chatId}'.`);
    if (!facts.bots.get(bot)) return sendNoBot(res, bot);
    res.json({ messages: desk.list(bot, chatId).map(messageRow) });
  });
  return router;
}

function chatIdOf(req: Request): number | undefined {
  const id = Number(req.params.chatId);
  return Number.isSafeInteger(id) && id !== 0 ? id : undefined;
}

async function isKnown({ facts }: ControlParts, bot: string): Promise<boolean> {
  const end = Date.now() + BOT_WAIT_MS;
  while (!facts.bots.get(bot)) {
    if (Date.now() > end) return false;
    await new Promise((next) => setTimeout(next, 50));
  }
  return true;
}

function shown({ answer, messages, at }: Heard) {
  const said = new Date(at).toISOString();
  return { answer: answer ?? null, at: said, messages: messages.map(messageRow) };
}

/** A message as the control calls and the chat page show it. */
export function messageRow({ message, from, at, editedAt }: Kept) {
  const { text, caption, contact, document, photo, entities, caption_entities } = message;
  const { inline_keyboard: inline, keyboard } = message.reply_markup ?? {};
  const file = document ?? photo?.[0];
  const rows = (inline ?? keyboard ?? []).map((row) =>
    row.map(({ text: label, url, copy_text: copy, request_contact: asks }) => ({
      label,
      ...(url && { url }),
      ...(copy && { copy: copy.text }),
      ...(asks && { contact: true }),
    })),
  );
  const marks = entities ?? caption_entities;
  return {
    id: message.message_id,
    from,
    text: text ?? caption ?? contact?.phone_number ?? '',
    buttons: rows,
    ...(keyboard && { keyboard: true }),
    ...(marks && { entities: marks }),
    ...(file && { document: documentOf(file, photo !== undefined) }),
    at: new Date(at ?? message.date * 1000).toISOString(),
    ...(message.edit_date && {
      editedAt: new Date(editedAt ?? message.edit_date * 1000).toISOString(),
    }),
  };
}

function documentOf(
  { file_id: id, file_name: name = 'file', file_size: size }: FileInfo,
  picture: boolean,
) {
  return { name, id, size, ...(picture && { picture }) };
}

function sendNoBot(res: Response, bot: string): void {
  sendError(res, 404, `No bot '${bot}' has called yet.`);
}

function sendError(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}
