import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../src/local/until.ts';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** The very text that came. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into it.
  body: any;
}

type Answer = number | 'silence' | { redirect: string };

/** A business's own service: takes webhooks, and answers as a test wants. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Answers the next ones so, one after the other; 204 afterwards. */
  answer(...next: Answer[]): void;
  /** Waits until so many have come. */
  has(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let next: Answer[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { url: path = '', headers } = request;
    received.push({ path, headers, text, body: text ? JSON.parse(text) : undefined });
    reply(response, next.shift() ?? 204);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (...answers) => {
      next = answers;
    },
    has: async (count) => {
      await until(`${count} webhooks came`, 20_000, async () => received.length >= count);
      return received;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return;
  if (typeof answer === 'number') response.writeHead(answer).end();
  else response.writeHead(302, { location: answer.redirect }).end();
}

/** What Standard Webhooks 1.0 says the signature of a webhook is, by its text and a secret. */
export function standardSignature(secret: string, { headers, text }: Received): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
