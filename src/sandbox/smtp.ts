import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Faults } from './faults.ts';
import { HANG_LIMIT_MS } from './faulty.ts';
import type { Mailbox } from './mail.ts';

const LARGEST_BYTES = 20 * 1024 * 1024;

/** Where received mail goes, and what is to go wrong with it. */
export interface MailTaker {
  receive: Mailbox['receive'];
  faults: Faults;
}

export interface Smtp {
  port: number;
  close(): Promise<void>;
}

/**
 * Takes mail for anybody without a password. The fault of provider `smtp` is met when the message
 * has been sent: `status` (451, 550, …) refuses it, `hang` never answers, `lostResponse` keeps it and
 * breaks the connection.
 */
export async function listenForMail(port: number, taker: () => MailTaker | undefined) {
  const server: SMTPServer = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: LARGEST_BYTES,
    logger: false,
    closeTimeout: 100,
    banner: 'Pesan sandbox',
    onData(stream, session, answer) {
      readAll(stream)
        .then((raw) => takeMail(raw, session, server, taker()))
        .then(() => answer(null), answer);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  } satisfies Smtp;
}

async function takeMail(
  raw: Buffer,
  session: SMTPServerSession,
  server: SMTPServer,
  taker: MailTaker | undefined,
): Promise<void> {
  if (!taker) throw smtpError(421, 'Not ready yet');
  const fault = taker.faults.takeApi('smtp') ?? {};
  if (fault.latencyMs) await pause(fault.latencyMs, undefined, { ref: false });
  if (fault.hang) {
    await pause(HANG_LIMIT_MS, undefined, { ref: false });
    throw smtpError(421, 'Timed out');
  }
  if (fault.status && !fault.lostResponse) throw smtpError(fault.status, 'Refused by the sandbox');
  const { mailFrom, rcptTo } = session.envelope;
  await taker.receive(raw, {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => address),
  });
  if (fault.lostResponse) breakConnection(server, session);
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** The package keeps its sockets to itself; there is no other way to lose an answer on purpose. */
function breakConnection(server: SMTPServer, session: SMTPServerSession): void {
  const { connections } = server as unknown as {
    connections: Set<{ session: SMTPServerSession; _socket: { destroy(): void } }>;
  };
  for (const connection of connections) {
    if (connection.session.id === session.id) connection._socket.destroy();
  }
}

async function readAll(
  stream: AsyncIterable<Buffer> & { sizeExceeded?: boolean },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= LARGEST_BYTES) chunks.push(chunk);
  }
  if (size > LARGEST_BYTES) throw smtpError(552, 'Message is too large');
  return Buffer.concat(chunks);
}
