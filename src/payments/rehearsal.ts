import type { Provider } from './provider.ts';

/**
 * The provider of a rehearsal: nobody is asked, nothing can be paid. Its pages are ours, which say so;
 * what is asked of it is always as nobody had paid.
 */
export function createRehearsal(): Provider {
  return {
    name: 'rehearsal',
    createPage: async (_account, { returnUrl, holdEndsAt }) => ({
      token: null,
      url: returnUrl,
      expiresAt: holdEndsAt,
    }),
    ask: async () => ({
      ...{ state: 'pending', status: 'rehearsed', paidIdr: 0, refundedIdr: 0, refundKeys: [] },
    }),
    cancel: async () => 'cancelled',
    refund: async () => 'done',
    readWebhook: () => 'forged',
  };
}
