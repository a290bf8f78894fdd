import type { WebhookFault } from '../faults.ts';
import type { Store, Table } from '../store.ts';
import type { Markup } from './keyboard.ts';

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  language_code?: string;
}

export interface Chat {
  id: number;
  type: 'private' | 'channel';
  first_name?: string;
  title?: string;
  username?: string;
}

export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
}

export interface FileInfo {
  file_id: string;
  file_unique_id: string;
  file_size: number;
  file_name?: string;
  mime_type?: string;
  width?: number;
  height?: number;
}

/** A message as the Bot API shows it. */
export interface Message {
  message_id: number;
  from: User;
  chat: Chat;
  date: number;
  edit_date?: number;
  text?: string;
  caption?: string;
  entities?: Entity[];
  caption_entities?: Entity[];
  reply_markup?: Markup;
  document?: FileInfo;
  photo?: FileInfo[];
  contact?: { phone_number: string; first_name: string; user_id: number };
}

/** A message with what only the sandbox needs to know of it. */
export interface Kept {
  message: Message;
  from: 'bot' | 'customer';
  /** Grows with every change of the chat. */
  changed: number;
  /** To the millisecond, where Telegram's own `date` has seconds; journals of old have neither. */
  at?: number;
  editedAt?: number;
}

export interface Update {
  update_id: number;
  [kind: string]: unknown;
}

/** An update nobody confirmed yet. */
export interface Pending {
  update: Update;
  chatId: number;
  at: number;
  attempts: number;
  /** What it met at its first attempt. */
  fault?: WebhookFault;
  /** Waits since then for the next update of its chat to be sent. */
  heldSince?: number;
}

export interface Webhook {
  url: string;
  secret_token?: string;
  max_connections: number;
  allowed_updates?: string[];
  last_error_date?: number;
  last_error_message?: string;
}

/** What is kept of a bot. */
export interface BotState {
  slug: string;
  id: number;
  nextUpdate: number;
  nextMessage: number;
  changes: number;
  webhook?: Webhook;
  allowedUpdates?: string[];
}

export interface Customer {
  id: number;
  name: string;
  language: string;
  phone: string;
  blocked: string[];
}

export interface CallbackQuery {
  id: string;
  /** Journals of old do not say it. */
  chatId?: number;
  at: number;
  answer?: { text: string; alert: boolean; url?: string };
}

/** Everything of Telegram that outlives the process. */
export interface Facts {
  bots: Table<BotState>;
  customers: Table<Customer>;
  queries: Table<CallbackQuery>;
  files: Table<{ id: string; name: string; type: string; base64: string }>;
  settings: Table<unknown>;
  chatsOf(bot: string): Table<number>;
  messagesOf(bot: string, chatId: number): Table<Kept>;
  pendingOf(bot: string): Table<Pending>;
}

export function openFacts(store: Store): Facts {
  return {
    bots: store.table('telegram:bots'),
    customers: store.table('telegram:customers'),
    queries: store.table('telegram:queries'),
    files: store.table('telegram:files'),
    settings: store.table('telegram:settings'),
    chatsOf: (bot) => store.table(`telegram:chats:${bot}`),
    messagesOf: (bot, chatId) => store.table(`telegram:messages:${bot}:${chatId}`),
    pendingOf: (bot) => store.table(`telegram:pending:${bot}`),
  };
}
