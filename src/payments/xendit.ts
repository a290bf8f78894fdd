import type { Provider } from './provider.ts';
import { cancel } from './xendit/cancel.ts';
import { createClient, type XenditOptions } from './xendit/client.ts';
import { createPage } from './xendit/page.ts';
import { refund } from './xendit/refund.ts';
import { ask } from './xendit/status.ts';
import { readWebhook } from './xendit/webhook.ts';

/**
 * Xendit behind the port: an invoice is a page to pay on. Every call ends within `timeoutMs`, however
 * many requests it takes; keeps nothing but open connections.
 */
export function createXendit(options: XenditOptions): Provider {
  const begin = createClient(options);
  return {
    name: 'xendit',
    createPage: async (account, charge) => createPage(begin(account), charge),
    ask: async (account, ref) => ask(begin(account), ref),
    cancel: async (account, ref) => cancel(begin(account), ref),
    refund: async (account, wish) => refund(begin(account), wish),
    readWebhook,
  };
}
