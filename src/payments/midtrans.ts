import { cancel } from './midtrans/cancel.ts';
import { chargeBca } from './midtrans/charge.ts';
import { createClient, type MidtransOptions } from './midtrans/client.ts';
import { createPage } from './midtrans/page.ts';
import { refund } from './midtrans/refund.ts';
import { ask } from './midtrans/status.ts';
import { readWebhook } from './midtrans/webhook.ts';
import type { Provider } from './provider.ts';

/**
 * Midtrans behind the port: Snap pages, and the Core API for what became of them. Every call ends
 * within `timeoutMs`, however many requests it takes; keeps nothing but open connections.
 */
export function createMidtrans(options: MidtransOptions): Provider {
  const begin = createClient(options);
  return {
    name: 'midtrans',
    createPage: async (account, charge) => {
      const open = charge.method === 'bca' ? chargeBca : createPage;
      return open(begin(account), charge);
    },
    ask: async (account, ref) => ask(begin(account), ref),
    cancel: async (account, ref, pageToken) => cancel(begin(account), ref, pageToken),
    refund: async (account, wish) => refund(begin(account), wish),
    readWebhook,
  };
}
