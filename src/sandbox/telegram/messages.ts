import { randomBytes } from 'node:crypto';
import type { Args } from './args.ts';
import { customerOf } from './bots.ts';
import { putFile } from './bounds.ts';
import type { Desk } from './desk.ts';
import { format } from './entities.ts';
import type { Facts, FileInfo, Kept, Message } from './facts.ts';
import { readMarkup } from './keyboard.ts';
import type { Limits } from './limits.ts';
import { bad, Refusal } from './refusal.ts';

export type Method = (slug: string, args: Args) => unknown;

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
/** A button may be answered for about a quarter of an hour. */
const QUERY_LIFE_MS = 15 * 60_000;
const DELETE_LIFE_S = 48 * 3600;

/** What a bot says, changes and takes back. */
export function messageMethods(facts: Facts, desk: Desk, limits: Limits): Record<string, Method> {
  const send = (slug: string, args: Args, content: (chatId: number) => Partial<Message>) => {
    const chatId = writableChat(facts, slug, args);
    limits.take(slug, chatId);
    const markup = readMarkup(args.json('reply_markup'));
    const said = content(chatId);
    return desk.add(slug, chatId, 'bot', { ...said, ...(markup && { reply_markup: markup }) });
  };
  const toEdit = (slug: string, args: Args) => {
    const chatId = writableChat(facts, slug, args);
    const kept = desk.find(slug, chatId, args.int('message_id') ?? 0);
    if (kept?.from !== 'bot') throw bad('message to edit not found');
    limits.take(slug, chatId);
    return kept;
  };
  const sendFile = (kind: 'document' | 'photo') => (slug: string, args: Args) =>
    send(slug, args, () => {
      const info = fileOf(facts, args, kind);
      const caption = formatted(args, 'caption');
      return {
        ...(kind === 'document' ? { document: info } : { photo: [info] }),
        ...(caption.text && { caption: caption.text, caption_entities: caption.entities }),
      };
    });

  return {
    sendmessage: (slug, args) => send(slug, args, () => textOf(args)),
    senddocument: sendFile('document'),
    sendphoto: sendFile('photo'),
    sendchataction(slug, args) {
      writableChat(facts, slug, args);
      return true;
    },
    editmessagetext(slug, args) {
      const kept = toEdit(slug, args);
      return changed(desk, slug, kept, textOf(args), args);
    },
    editmessagereplymarkup: (slug, args) => changed(desk, slug, toEdit(slug, args), {}, args),
    deletemessage(slug, args) {
      const chatId = writableChat(facts, slug, args);
      const kept = desk.find(slug, chatId, args.int('message_id') ?? 0);
      if (!kept) throw bad('message to delete not found');
      const isOld = Date.now() / 1000 - kept.message.date > DELETE_LIFE_S;
      if (isOld) throw bad("message can't be deleted for everyone");
      desk.remove(slug, chatId, kept.message.message_id);
      return true;
    },
    answercallbackquery(slug, args) {
      const id = args.text('callback_query_id') ?? '';
      const query = facts.queries.get(id);
      if (!query || Date.now() - query.at > QUERY_LIFE_MS) {
        throw bad('query is too old and response timeout expired or query ID is invalid');
      }
      const text = args.text('text') ?? '';
      if (text.length > 200) throw bad('MESSAGE_TOO_LONG');
      const answer = { text, alert: args.flag('show_alert') };
      facts.queries.put(id, { ...query, answer });
      desk.events.emit('change', slug, 0);
      return true;
    },
    getfile(_slug, args) {
      const id = args.text('file_id') ?? '';
      const file = facts.files.get(id);
      if (!file) throw bad('invalid file_id');
      const size = Buffer.from(file.base64, 'base64').length;
      const path = `documents/${id}/${encodeURIComponent(file.name)}`;
      return { file_id: id, file_unique_id: id, file_size: size, file_path: path };
    },
  };
}

function textOf(args: Args): Partial<Message> {
  const { text, entities } = formatted(args, 'text');
  if (text.trim() === '') throw bad('message text is empty');
  if (text.length > 4096) throw bad('message is too long');
  return { text, ...(entities.length > 0 && { entities }) };
}

function formatted(args: Args, name: string) {
  return format(args.text(name) ?? '', args.text('parse_mode'));
}

/** An edit without a markup takes the keyboard away. */
function changed(desk: Desk, slug: string, kept: Kept, content: Partial<Message>, args: Args) {
  const { reply_markup: old, entities: oldEntities, ...rest } = kept.message;
  const markup = readMarkup(args.json('reply_markup'));
  const keepEntities = content.text === undefined && oldEntities ? { entities: oldEntities } : {};
  const next = { ...rest, ...keepEntities, ...content, ...(markup && { reply_markup: markup }) };
  const same = (message: Message) => {
    const { text, entities, reply_markup: keys } = message;
    return JSON.stringify([text, entities ?? [], keys?.inline_keyboard ?? []]);
  };
  if (same(next) === same({ ...kept.message, ...(old && { reply_markup: old }) })) {
    throw bad(NOT_MODIFIED);
  }
  return desk.edit(slug, { ...kept, message: next }, {});
}

/** The chat that a call names, if the bot may write there. */
export function writableChat(facts: Facts, slug: string, args: Args): number {
  const id = chatIdOf(facts, args);
  if (id > 0 && customerOf(facts, id).blocked.includes(slug)) {
    throw new Refusal(403, 'Forbidden: bot was blocked by the user');
  }
  return id;
}

export function chatIdOf(facts: Facts, args: Args): number {
  const text = args.text('chat_id');
  if (!text) throw bad('chat_id is empty');
  if (/^@[A-Za-z]\w{3,31}$/.test(text)) return channelId(facts, text.slice(1));
  const id = args.int('chat_id');
  if (!id || (id < 0 && !String(id).startsWith('-100'))) throw bad('chat not found');
  return id;
}

/** A channel by name has a number of its own, the same each time. */
function channelId(facts: Facts, username: string): number {
  const known = facts.settings.get(`channel:@${username.toLowerCase()}`) as number | undefined;
  if (known) return known;
  const id = -1_001_000_000_000 - facts.settings.size;
  facts.settings.put(`channel:${id}`, username);
  facts.settings.put(`channel:@${username.toLowerCase()}`, id);
  return id;
}

function fileOf(facts: Facts, args: Args, kind: string): FileInfo {
  const upload = args.upload(kind);
  if (!upload) return knownFile(facts, args.text(kind) ?? '', kind);
  const most = kind === 'photo' ? 10 : 50;
  if (upload.bytes.length === 0) throw bad('file must be non-empty');
  if (upload.bytes.length > most * 1024 * 1024) throw new Refusal(413, 'Request Entity Too Large');
  const id = randomBytes(16).toString('hex');
  const { name, type, bytes } = upload;
  putFile(facts.files, { id, name, type, base64: bytes.toString('base64') });
  return infoOf(id, name, type, bytes.length);
}

function knownFile(facts: Facts, id: string, kind: string): FileInfo {
  const file = facts.files.get(id);
  if (!file)
    throw bad(
      id ? 'wrong file identifier/HTTP URL specified' : `there is no ${kind} in the request`,
    );
  return infoOf(id, file.name, file.type, Buffer.from(file.base64, 'base64').length);
}

function infoOf(id: string, name: string, type: string, size: number): FileInfo {
  return { file_id: id, file_unique_id: id, file_size: size, file_name: name, mime_type: type };
}
