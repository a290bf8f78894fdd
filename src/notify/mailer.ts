import { createTransport } from 'nodemailer';
import type { Attachment } from './attachments.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments: Attachment[];
  /** `<…@…>`; the same for a repeat of the same notice, so that mailboxes can recognise it. */
  messageId: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/**
 * A mail that was not sent. `temporary`: trying again may help. Neither its message nor anything else
 * of it holds an address: SMTP answers do, so they are not passed on, not even as a cause.
 */
export class MailError extends Error {
  override readonly name = 'MailError';

  constructor(
    readonly code: string,
    readonly temporary: boolean,
  ) {
    super(`The mail was not sent (${code}).`);
  }
}

/** A server that is there answers in a second; the rest is for one that is busy. */
const CONNECT_MS = 5_000;
const SILENCE_MS = 10_000;
/** The whole of one mail, also from a server that keeps dripping. */
const SEND_MS = 30_000;

/**
 * Sends mail through an SMTP server, over at most four connections that are kept open.
 *
 * Throws `MailError` within half a minute at the latest. A mail whose answer was lost may have been
 * sent: a repeat carries the same Message-ID. Line breaks in a subject or a name cannot become
 * headers, and one mail goes to exactly one address.
 */
export function createMailer(options: { smtpUrl: string; from: string }): Mailer {
  if (!/^smtps?:/i.test(options.smtpUrl))
    throw new Error('SMTP_URL must begin with smtp: or smtps:.');
  const transport = createTransport({
    url: options.smtpUrl,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, messageId, ...rest }) => {
      if (!isAddress(to)) throw new MailError('ADDRESS', false);
      if (!/^<[^\s<>@]+@[^\s<>@]+>$/.test(messageId)) throw new Error('A Message-ID is not one.');
      const sending = transport.sendMail({
        ...rest,
        from: options.from,
        to: { name: '', address: to },
        subject: subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '),
        messageId,
        // Out-of-office replies are for mails that people write (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      await within(SEND_MS, sending).catch((error: unknown) => {
        throw mailError(error);
      });
    },
    close: () => transport.close(),
  };
}

/** One plain address: no list, no name, no comment, nothing that a header could be made of. */
function isAddress(text: string): boolean {
  return /^[^\s<>()[\]\\,;:"@\p{Cc}]{1,64}@[^\s<>()[\]\\,;:"@\p{Cc}]{1,255}$/u.test(text);
}

/**
 * What went wrong, in nodemailer's word or the SMTP code (RFC 5321, 4.2.1: 4yz may be tried again,
 * 5yz not). Our own sign-in being refused says nothing about this mail, so that is temporary too.
 */
function mailError(error: unknown): MailError {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const word = typeof code === 'string' && /^[A-Z]{2,20}$/.test(code) ? code : 'UNKNOWN';
  if (typeof responseCode !== 'number') return new MailError(word, true);
  const ours = word === 'EAUTH' || word === 'ENOAUTH' || word === 'ETLS';
  return new MailError(`SMTP_${responseCode}`, ours || responseCode < 500);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailError('ETIMEDOUT', true)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
