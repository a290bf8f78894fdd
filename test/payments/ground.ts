import type { Account } from '../../src/domain/payment.ts';
import { createMidtrans } from '../../src/payments/midtrans.ts';
import type { Provider } from '../../src/payments/provider.ts';
import { createXendit } from '../../src/payments/xendit.ts';
import { type Json, type Received, type Running, startSandbox, until } from '../sandbox/support.ts';
import { type Break, IMPATIENT_MS, type ProviderGround } from './contract.ts';

export function accountOf(business: string): Account {
  return {
    business,
    serverKey: `SB-Mid-server-${business}`,
    clientKey: `SB-Mid-client-${business}`,
  };
}

export function xenditAccountOf(business: string): Account {
  return {
    business,
    serverKey: `xnd_development_${business}`,
    clientKey: '',
    webhookToken: `xnd-callback-${business}`,
  };
}

export interface SandboxGround extends ProviderGround {
  /** What a bank, a customer or the provider itself does. */
  move(ref: string, move: string, body?: object): Promise<void>;
  control: Running['control'];
  /** Of the sandbox itself. */
  url: string;
}

/** Midtrans' contract ground: the sandbox on the wire, its webhooks caught. */
export async function openMidtrans(): Promise<SandboxGround> {
  const sandbox = await startSandbox({ retryScale: 0.0001 });
  const about = (ref: string) => sandbox.receiver.of(ref);
  const ground = groundOf('midtrans', sandbox, about);
  const { move } = ground;
  const choose: ProviderGround['choose'] = async ({ token }) => {
    const { status } = await sandbox.submit(token ?? '', 'method', { method: 'qris' });
    if (status !== 303) throw new Error(`No method could be chosen on a page: ${status}`);
  };
  return {
    ...ground,
    provider: midtransAt(sandbox.url, 5_000),
    impatient: midtransAt(sandbox.url, IMPATIENT_MS),
    account: accountOf('slamet'),
    stranger: accountOf('jiot'),
    headers: {},
    choose,
    stir: (_ref, page) => choose(page),
    pay: (ref, by = {}) =>
      move(ref, 'settle', {
        paymentType: by.transfer ? 'bank_transfer' : 'qris',
        ...(by.amountIdr && { grossAmount: by.amountIdr }),
      }),
  };
}

/** Xendit's contract ground, likewise. */
export async function openXendit(): Promise<SandboxGround> {
  const sandbox = await startSandbox({ retryScale: 0.0001 });
  const about = (ref: string) =>
    sandbox.receiver.received.filter(({ body }) => refOf(body) === ref);
  const ground = groundOf('xendit', sandbox, about);
  const { move } = ground;
  return {
    ...ground,
    provider: xenditAt(`${sandbox.url}/xendit`, 5_000),
    impatient: xenditAt(`${sandbox.url}/xendit`, IMPATIENT_MS),
    account: xenditAccountOf('slamet'),
    stranger: xenditAccountOf('jiot'),
    headers: { 'x-callback-token': 'xnd-callback-slamet' },
    choose: async ({ url }) => {
      const body = new URLSearchParams({ channel: 'BCA' });
      const { status } = await fetch(`${url}/channel`, {
        method: 'POST',
        redirect: 'manual',
        body,
      });
      if (status !== 303) throw new Error(`No channel could be chosen on a page: ${status}`);
    },
    // Nothing is told of a channel that was chosen.
    stir: (ref) => move(ref, 'expire'),
    pay: (ref, by = {}) =>
      move(ref, 'pay', {
        channel: by.transfer ? 'BCA' : 'DANA',
        ...(by.amountIdr && { amount: by.amountIdr }),
      }),
  };
}

/** An invoice's webhook names it by our ref; a refund's by its key. */
function refOf(body: Json): unknown {
  const { data } = body as { data?: { reference_id?: string; data?: { reference_id?: string } } };
  const key = data?.reference_id ?? data?.data?.reference_id;
  return key ? key.replace(/-r\d+$/, '') : body.external_id;
}

/** What is the same on every provider of the sandbox. */
function groundOf(provider: string, sandbox: Running, about: (ref: string) => Received[]) {
  const { control } = sandbox;
  const move = async (ref: string, to: string, body: object = {}) => {
    const { status, text } = await control('POST', `/${provider}/${ref}/${to}`, body);
    if (status !== 200) throw new Error(`The sandbox would not ${to} ${ref}: ${text}`);
  };
  return {
    move,
    control,
    url: sandbox.url,
    isPayable: async (url: string) => {
      const response = await fetch(url);
      await response.arrayBuffer();
      return response.ok;
    },
    expire: (ref: string) => move(ref, 'expire'),
    webhooks: (ref: string, atLeast: number) =>
      until(`${atLeast} webhooks about ${ref}`, () =>
        about(ref).length >= atLeast ? about(ref) : undefined,
      ),
    resendLast: async (ref: string) => {
      const last = await until(`all webhooks about ${ref} to be answered`, async () => {
        const { body } = await control('GET', `/deliveries?ref=${ref}`);
        const deliveries = body.deliveries as Json[];
        return deliveries.length === about(ref).length ? deliveries.at(-1) : undefined;
      });
      await control('POST', `/deliveries/${last.id}/resend`);
    },
    breakNext: async (how: Break) => {
      const { status, text } = await control('PUT', '/faults', {
        provider,
        api: faultOf(how),
        times: 1,
      });
      if (status >= 300) throw new Error(`The sandbox would not break: ${text}`);
    },
    mend: async () => void (await control('DELETE', '/faults')),
    close: () => sandbox.stop(),
  };
}

export function midtransAt(url: string, timeoutMs: number): Provider {
  return createMidtrans({
    snapUrl: `${url}/midtrans/snap/v1`,
    coreUrl: `${url}/midtrans`,
    timeoutMs,
  });
}

export function xenditAt(url: string, timeoutMs: number): Provider {
  return createXendit({ url, timeoutMs });
}

function faultOf(how: Break): object {
  if (how === 'hang') return { hang: true };
  if (how === 'html') return { html: true };
  return how === 'lost' ? { lostResponse: true } : { status: how };
}
