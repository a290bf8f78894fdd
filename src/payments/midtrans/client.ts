import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import midtrans, { type Api, type Options } from 'midtrans-client';
import type { Account } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';
import { type Answer, checked, failed } from './answers.ts';

export interface MidtransOptions {
  /** With its path, such as `https://app.midtrans.com/snap/v1`. */
  snapUrl: string;
  /** Without a path, such as `https://api.midtrans.com`. */
  coreUrl: string;
  timeoutMs: number;
}

/** The requests that one call of the port may make; together they end within the time-out. */
export interface Call {
  readonly account: Account;
  createPage(body: object): Promise<Answer>;
  charge(body: object): Promise<Answer>;
  cancelPage(token: string): Promise<Answer>;
  getStatus(ref: string): Promise<Answer>;
  cancel(ref: string): Promise<Answer>;
  refund(ref: string, body: object): Promise<Answer>;
}

/**
 * Makes calls with midtrans-client 1.4.3 and closes what it leaves open: it has no time-out, no
 * address of one's own, no bound on an answer, follows redirects with the key, puts ids into paths as
 * they are, and its errors carry the key. Nothing is kept between calls but open connections.
 */
export function createClient({ snapUrl, coreUrl, timeoutMs }: MidtransOptions) {
  const bases = { snap: trimmed(snapUrl), core: trimmed(coreUrl) };
  const settings = { ...LIMITS, ...agents(), ...(isLoopback(bases.core) && { proxy: false }) };

  return function begin(account: Account): Call {
    // One deadline for all: axios' own time-out counts idle time, which dripping bytes never reach.
    const http = { ...settings, signal: AbortSignal.timeout(timeoutMs) };
    const snap = prepared(new midtrans.Snap(optionsOf(account)), bases, http);
    const core = prepared(new midtrans.CoreApi(optionsOf(account)), bases, http);
    const send = (request: () => Promise<unknown>) =>
      request()
        .then((body) => ({ status: undefined, body }), failed)
        .then((answer) => checked(answer, account));

    return {
      account,
      createPage: (body) => send(() => snap.createTransaction(body)),
      charge: (body) => send(() => core.charge(body)),
      // The package knows no such call.
      cancelPage: (token) =>
        send(() => {
          const url = `${bases.snap}/transactions/${pathPart(token)}/cancel`;
          return snap.httpClient.request('post', account.serverKey, url, null);
        }),
      getStatus: (ref) => send(() => core.transaction.status(pathPart(ref))),
      cancel: (ref) => send(() => core.transaction.cancel(pathPart(ref))),
      refund: (ref, body) => send(() => core.transaction.refund(pathPart(ref), body)),
    };
  };
}

/** An answer is some kilobytes; a redirect would take the key elsewhere. */
const LIMITS = { maxContentLength: 1_000_000, maxRedirects: 0 };

/** Open connections are reused; 20 at once are more than an activity worker asks for. */
function agents() {
  const kept = { keepAlive: true, maxSockets: 20, maxFreeSockets: 4 };
  return { httpAgent: new HttpAgent(kept), httpsAgent: new HttpsAgent(kept) };
}

function prepared<T extends Api>(api: T, bases: { snap: string; core: string }, http: object): T {
  api.apiConfig.getSnapApiBaseUrl = () => bases.snap;
  api.apiConfig.getCoreApiBaseUrl = () => bases.core;
  const { defaults, interceptors } = api.httpClient.http_client;
  Object.assign(defaults, http);
  // The package sends a body with every GET, which caches and gateways may refuse.
  interceptors.request.use((config) => {
    if (config.method === 'get') config.data = undefined;
    return config;
  });
  return api;
}

/** `isProduction` only chooses an address, and ours overrule it. */
function optionsOf({ serverKey, clientKey }: Account): Options {
  return { isProduction: false, serverKey, clientKey };
}

/** The package puts ids into the path unescaped: `../x` would be another call. */
function pathPart(id: string): string {
  if (/^[A-Za-z0-9][\w~.-]{0,99}$/.test(id)) return id;
  throw new ProviderError('An id has characters that Midtrans does not know.', false);
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}

/** A proxy of the environment is for the world outside, not for the sandbox on this machine. */
function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
