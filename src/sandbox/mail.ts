import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { Store } from './store.ts';

export interface MailAttachment {
  filename: string;
  contentType: string;
  size: number;
  contentId?: string;
}

/** A message as it was received; its bytes are kept beside as an .eml file. */
export interface Mail {
  id: string;
  at: string;
  from: string;
  /** The recipients of the envelope, comma and space between them. */
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments: MailAttachment[];
}

export interface Envelope {
  from: string;
  to: string[];
}

export interface Mailbox {
  /** Newest last; with `to` only what that address received. */
  list(to?: string): Mail[];
  find(id: string): Mail | undefined;
  readAttachment(id: string, index: number): Promise<MailFile | undefined>;
  /** Throws when the disk refuses it. */
  receive(raw: Buffer, envelope: Envelope): Promise<Mail>;
}

export interface MailFile extends MailAttachment {
  content: Buffer;
}

const MOST_KEPT = 5_000;

export function createMailbox(store: Store, dataDir: string): Mailbox {
  const mails = store.table<Mail>('mail');
  const dir = join(dataDir, 'mail');
  mkdirSync(dir, { recursive: true });
  const fileOf = (id: string) => join(dir, `${id}.eml`);

  return {
    list: (to) => [...mails.values()].filter((mail) => !to || isFor(mail, to)),
    find: (id) => mails.get(id),
    async readAttachment(id, index) {
      const about = mails.get(id)?.attachments[index];
      if (!about) return undefined;
      const parsed = await parse(readFileSync(fileOf(id)));
      const content = parsed.attachments[index]?.content;
      return content ? { ...about, content: Buffer.from(content as ArrayBuffer) } : undefined;
    },
    async receive(raw, envelope) {
      const id = randomUUID();
      const mail = {
        id,
        at: new Date().toISOString(),
        ...(await describe(raw)),
        ...addresses(envelope),
      };
      writeFileSync(fileOf(id), raw);
      mails.put(id, mail);
      for (const old of mails.values()) {
        if (mails.size <= MOST_KEPT) break;
        mails.remove(old.id);
        rmSync(fileOf(old.id), { force: true });
      }
      return mail;
    },
  };
}

function addresses({ from, to }: Envelope) {
  return { from, to: to.join(', ') };
}

function isFor(mail: Mail, to: string): boolean {
  return mail.to.split(', ').some((each) => each.toLowerCase() === to.trim().toLowerCase());
}

function parse(raw: Buffer) {
  return PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
}

async function describe(raw: Buffer) {
  const parsed = await parse(raw);
  const attachments = parsed.attachments.map((each, index) => ({
    filename: each.filename ?? `lampiran-${index + 1}`,
    contentType: each.mimeType,
    size: (each.content as ArrayBuffer).byteLength,
    ...(each.contentId && { contentId: each.contentId.replace(/^<|>$/g, '') }),
  }));
  return {
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html ?? '',
    attachments,
  };
}
