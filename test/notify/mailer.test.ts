import { type AddressInfo, createServer, type Server } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createMailer, type Mail, MailError, type Mailer } from '../../src/notify/mailer.ts';

const MAIL: Mail = {
  to: 'siti@example.com',
  subject: 'Lunas · e-tiket',
  text: 'Halo',
  html: '<p>Halo</p>',
  attachments: [
    { filename: 'e-tiket.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-') },
  ],
  messageId: '<K7M2P9QX.paid.1.email@slamet.pesan>',
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Post {
  mailer: Mailer;
  received: { to: string[]; email: Email }[];
}

/** A mailer and a server that keeps what it gets, unless it is told to answer otherwise. */
async function post(refuse?: { at: 'rcpt' | 'data'; code: number }): Promise<Post> {
  const received: Post['received'] = [];
  const refusal = (address: string) =>
    Object.assign(new Error(`No mailbox <${address}> here`), { responseCode: refuse?.code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, done) => done(refuse?.at === 'rcpt' ? refusal(address) : undefined),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, email: await PostalMime.parse(Buffer.concat(chunks)) });
        done(refuse?.at === 'data' ? refusal(to[0] ?? '') : null);
      });
    },
  });
  const port = await listening(server.listen(0, '127.0.0.1'));
  closing.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return { mailer: mailerTo(port), received };
}

function mailerTo(port: number): Mailer {
  const smtpUrl = `smtp://127.0.0.1:${port}`;
  const mailer = createMailer({ smtpUrl, from: 'Pesan <no-reply@pesan.example>' });
  closing.push(async () => mailer.close());
  return mailer;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.once('listening', () => resolve((server.address() as AddressInfo).port)),
  );
}

const failure = (sending: Promise<void>) =>
  sending.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a mail', () => {
  test('arrives whole: subject, both bodies, attachments, its own Message-ID', async () => {
    const { mailer, received } = await post();
    await mailer.send(MAIL);
    const [{ to, email }] = received as [Post['received'][0]];
    expect(to).toEqual(['siti@example.com']);
    expect(email).toMatchObject({ subject: MAIL.subject, messageId: MAIL.messageId });
    expect(email.from?.address).toBe('no-reply@pesan.example');
    expect(email.text?.trim()).toBe('Halo');
    expect(email.html?.trim()).toBe('<p>Halo</p>');
    expect(email.attachments[0]).toMatchObject({
      filename: 'e-tiket.pdf',
      mimeType: 'application/pdf',
    });
    const headers = new Map(email.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
  });

  test('that is sent twice carries the same Message-ID', async () => {
    const { mailer, received } = await post();
    await mailer.send(MAIL);
    await mailer.send(MAIL);
    expect(received.map(({ email }) => email.messageId)).toEqual([MAIL.messageId, MAIL.messageId]);
  });

  test('cannot be given headers by its subject or the name of a file', async () => {
    const { mailer, received } = await post();
    const filename = 'a\r\nBcc: spy@example.com\r\n.pdf';
    await mailer.send({
      ...MAIL,
      subject: 'Hello\r\nBcc: spy@example.com\r\n\r\nbody',
      attachments: [{ ...MAIL.attachments[0]!, filename }],
    });
    const [{ to, email }] = received as [Post['received'][0]];
    expect(to).toEqual(['siti@example.com']);
    expect(email.subject).toBe('Hello Bcc: spy@example.com body');
    expect(email.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(email.bcc ?? []).toEqual([]);
  });

  test.each([
    'a@example.com, spy@example.com',
    'a@example.com\r\nRCPT TO:<spy@example.com>',
    'Siti <a@example.com>',
    'a@example.com>',
    'not-an-address',
    'a@@example.com',
    '',
  ])('to %j goes to nobody', async (to) => {
    const { mailer, received } = await post();
    const error = await failure(mailer.send({ ...MAIL, to }));
    expect(error).toMatchObject({ name: 'MailError', code: 'ADDRESS', temporary: false });
    expect(received).toEqual([]);
  });
});

describe('a mail that fails', () => {
  test.each([
    ['rcpt', 450, true],
    ['rcpt', 550, false],
    ['data', 451, true],
    ['data', 554, false],
  ] as const)(
    'at %s with %d is temporary: %s, and keeps the address to itself',
    async (at, code, temporary) => {
      const { mailer } = await post({ at, code });
      const error = await failure(mailer.send(MAIL));
      expect(error).toBeInstanceOf(MailError);
      expect(error).toMatchObject({ code: `SMTP_${code}`, temporary });
      const shown = JSON.stringify(error, Object.getOwnPropertyNames(error));
      expect(shown).not.toMatch(/siti|example\.com|mailbox/i);
      expect((error as Error).cause).toBeUndefined();
    },
  );

  test('because nobody listens may be tried again', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(mailerTo(port).send(MAIL));
    expect(error).toMatchObject({ name: 'MailError', temporary: true });
    expect((error as Error).message).not.toContain('127.0.0.1');
  });

  test('because the server says nothing ends by itself', async () => {
    const silent = createServer((socket) => socket.on('error', () => socket.destroy()));
    const port = await listening(silent.listen(0, '127.0.0.1'));
    closing.push(() => new Promise((resolve) => silent.close(resolve)));
    const began = performance.now();
    const error = await failure(mailerTo(port).send(MAIL));
    expect(error).toMatchObject({ name: 'MailError', temporary: true });
    expect(performance.now() - began).toBeLessThan(12_000);
  }, 20_000);

  test('does not stop the next one', async () => {
    const { mailer, received } = await post();
    await failure(mailer.send({ ...MAIL, to: 'nobody' }));
    await mailer.send(MAIL);
    expect(received).toHaveLength(1);
  });
});

test('a mailer wants an address of a mail server', () => {
  expect(() => createMailer({ smtpUrl: 'http://x', from: 'a@example.com' })).toThrow('SMTP_URL');
});
