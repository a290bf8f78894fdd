import type { Provider } from './provider.ts';
import { ask } from './xendit/ask.ts';
import { createClient, type XenditOptions } from './xendit/client.ts';
import { cancel, createPage } from './xendit/invoice.ts';
import { refund } from './xendit/refund.ts';
import { readWebhook } from './xendit/webhook.ts';

/**
 * Xendit behind the port: invoices ("Payment Links") and refunds. Every call ends within `timeoutMs`,
 * however many requests it takes; nothing is kept between calls.
 */
export function createXendit(options: XenditOptions): Provider {
  const begin = createClient(options);
  return {
    name: 'xendit',
    createPage: async (account, charge) => createPage(begin(account), charge),
    ask: async (account, ref) => ask(begin(account), ref),
    cancel: async (account, ref, pageToken) => cancel(begin(account), ref, pageToken),
    refund: async (account, wish) => refund(begin(account), wish),
    readWebhook,
  };
}
