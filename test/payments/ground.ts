import { createMidtrans } from '../../src/payments/midtrans.ts';
import type { Provider } from '../../src/payments/provider.ts';
import { type Json, startSandbox, until } from '../sandbox/support.ts';
import { type Break, IMPATIENT_MS, type ProviderGround } from './contract.ts';

export function accountOf(business: string) {
  return {
    business,
    serverKey: `SB-Mid-server-${business}`,
    clientKey: `SB-Mid-client-${business}`,
  };
}

export interface MidtransGround extends ProviderGround {
  /** What a bank, a customer or Midtrans' fraud check does. */
  move(ref: string, move: string, body?: object): Promise<void>;
}

/** Midtrans' contract ground: the sandbox on the wire, its webhooks caught. */
export async function openMidtrans(): Promise<MidtransGround> {
  const sandbox = await startSandbox({ retryScale: 0.0001 });
  const { control, receiver } = sandbox;
  const move = async (ref: string, to: string, body: object = {}) => {
    const { status, text } = await control('POST', `/midtrans/${ref}/${to}`, body);
    if (status !== 200) throw new Error(`The sandbox would not ${to} ${ref}: ${text}`);
  };
  return {
    provider: midtransAt(sandbox.url, 5_000),
    impatient: midtransAt(sandbox.url, IMPATIENT_MS),
    account: accountOf('slamet'),
    stranger: accountOf('jiot'),
    move,
    isPayable: async (url) => {
      const response = await fetch(url);
      await response.arrayBuffer();
      return response.ok;
    },
    choose: async ({ token }) => {
      const { status } = await sandbox.submit(token ?? '', 'method', { method: 'qris' });
      if (status !== 303) throw new Error(`No method could be chosen on a page: ${status}`);
    },
    pay: (ref, by = {}) =>
      move(ref, 'settle', {
        paymentType: by.transfer ? 'bank_transfer' : 'qris',
        ...(by.amountIdr && { grossAmount: by.amountIdr }),
      }),
    expire: (ref) => move(ref, 'expire'),
    webhooks: (ref, atLeast) =>
      until(`${atLeast} webhooks about ${ref}`, () => {
        const bodies = receiver.of(ref).map(({ body }) => body);
        return bodies.length >= atLeast ? bodies : undefined;
      }),
    resendLast: async (ref) => {
      const last = await until(`all webhooks about ${ref} to be answered`, async () => {
        const { body } = await control('GET', `/deliveries?ref=${ref}`);
        const deliveries = body.deliveries as Json[];
        return deliveries.length === receiver.of(ref).length ? deliveries.at(-1) : undefined;
      });
      await control('POST', `/deliveries/${last.id}/resend`);
    },
    breakNext: async (how) => {
      const { status, text } = await control('PUT', '/faults', {
        provider: 'midtrans',
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

function faultOf(how: Break): object {
  if (how === 'hang') return { hang: true };
  if (how === 'html') return { html: true };
  return how === 'lost' ? { lostResponse: true } : { status: how };
}
