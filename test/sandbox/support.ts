import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';

// A busy machine may be slow; what is waited for says so itself, by `until`.
vi.setConfig({ testTimeout: 30_000 });

export type Json = Record<string, unknown>;

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: Json;
}

type Respond = (res: ServerResponse, path: string) => unknown;

/** A merchant's receiver: keeps what came, answers what it is told to. */
export async function startReceiver() {
  const received: Received[] = [];
  const answer: { with: Respond } = { with: (res) => res.end('{"ok":true}') };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ path: req.url ?? '', headers: req.headers, text, body: JSON.parse(text) });
      answer.with(res, req.url ?? '');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    of: (orderId: string) => received.filter((each) => each.body.order_id === orderId),
    answerWith(status: number, headers: Record<string, string> = {}) {
      answer.with = (res) => res.writeHead(status, headers).end('{}');
    },
    answerBy(respond: Respond) {
      answer.with = respond;
    },
    close() {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** A sandbox and a receiver of its webhooks, with retries fast enough for a test. */
export async function startSandbox({ retryScale = 0.00001 } = {}) {
  const receiver = await startReceiver();
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const reports: unknown[] = [];
  const options = { port: 0, smtpPort: 0, dataDir, notifyBase: receiver.url };
  const sandbox = await createSandbox({ ...options, report: (error) => reports.push(error) });
  const caller = callerOf(sandbox.url);
  await caller.control('PUT', '/clock', { retryScale });
  return {
    ...caller,
    ...sandbox,
    receiver,
    dataDir,
    reports,
    async stop() {
      await sandbox.close();
      await receiver.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Running = Awaited<ReturnType<typeof startSandbox>>;

/** The calls that a merchant and a tester make. */
export function callerOf(url: string) {
  const call = async (
    method: string,
    path: string,
    init: { body?: unknown; headers?: HeadersInit },
  ) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...init.headers },
      ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: (isJson ? JSON.parse(text) : {}) as Json, text };
  };
  const as = (merchant: string, headers: HeadersInit = {}) => ({
    headers: { authorization: basic(`SB-Mid-server-${merchant}`), ...headers },
  });
  return {
    call,
    snap: (body: unknown, { merchant = 'slamet', headers = {} as HeadersInit } = {}) =>
      call('POST', '/midtrans/snap/v1/transactions', { body, ...as(merchant, headers) }),
    core: (method: 'GET' | 'POST', path: string, body?: unknown, merchant = 'slamet') =>
      call(method, `/midtrans/v2${path}`, { body, ...as(merchant) }),
    control: (method: string, path: string, body?: unknown) =>
      call(method, `/control${path}`, { body }),
    /** What a browser without script does with a form of the payment page. */
    submit: (token: string, step: string, fields: Record<string, string> = {}) =>
      fetch(`${url}/midtrans/snap/v3/redirection/${token}/${step}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(fields),
      }),
    page: (token: string) => fetch(`${url}/midtrans/snap/v3/redirection/${token}`),
  };
}

export function basic(serverKey: string): string {
  return `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`;
}

export function order(orderId: string, grossAmount = 75_000): Json {
  return { transaction_details: { order_id: orderId, gross_amount: grossAmount } };
}

export function bcaCharge(orderId: string): Json {
  return { ...order(orderId), payment_type: 'bank_transfer', bank_transfer: { bank: 'bca' } };
}

export function signatureOf(body: Json, serverKey: string): string {
  const text = `${body.order_id}${body.status_code}${body.gross_amount}${serverKey}`;
  return createHash('sha512').update(text).digest('hex');
}

/** Looks again until it is so; says what it waited for when it never is. */
export async function until<T>(what: string, look: () => T | Promise<T>, withinMs = 5_000) {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${withinMs} ms in vain for: ${what}`);
    await new Promise((next) => setTimeout(next, 5));
  }
}
