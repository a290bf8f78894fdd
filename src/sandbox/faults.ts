import { z } from 'zod';
import type { Store } from './store.ts';

const WebhookFault = z.strictObject({
  drop: z.int().min(0).max(100).optional(),
  duplicate: z.int().min(0).max(20).optional(),
  delayMs: z.number().min(0).max(86_400_000).optional(),
  reorder: z.boolean().optional(),
  badSignature: z.boolean().optional(),
});

const ApiFault = z.strictObject({
  status: z.int().min(200).max(599).optional(),
  latencyMs: z.number().min(0).max(600_000).optional(),
  hang: z.boolean().optional(),
  lostResponse: z.boolean().optional(),
  html: z.boolean().optional(),
});

/** The body of `PUT /control/faults`. */
export const FaultRequest = z
  .strictObject({
    provider: z.string(),
    /** Only this chat of Telegram goes wrong. */
    chatId: z.int().optional(),
    webhook: WebhookFault.optional(),
    api: ApiFault.optional(),
    times: z.int().min(1).max(1_000_000).optional(),
  })
  .refine(({ provider, chatId }) => chatId === undefined || provider === 'telegram', {
    path: ['chatId'],
    error: 'Only telegram has chats.',
  });

export type WebhookFault = z.infer<typeof WebhookFault>;
export type ApiFault = z.infer<typeof ApiFault>;
export type FaultRequest = z.infer<typeof FaultRequest>;

interface Part<T> {
  fault: T;
  left?: number | undefined;
}

interface Fault {
  provider: string;
  chatId?: number | undefined;
  webhook?: Part<WebhookFault> | undefined;
  api?: Part<ApiFault> | undefined;
}

export interface Faults {
  put(request: FaultRequest): void;
  clear(provider?: string): void;
  list(): Fault[];
  /** The fault of this call or webhook, which is counted as used; undefined when all is well. */
  takeApi(provider: string, chatId?: number): ApiFault | undefined;
  takeWebhook(provider: string, chatId?: number): WebhookFault | undefined;
}

/** What is made to go wrong, for each provider, until its calls and webhooks are used up. */
export function createFaults(store: Store): Faults {
  const faults = store.table<Fault>('faults');
  /** What is on for a provider, unless it is meant for another chat. */
  const faultOf = (provider: string, chatId: number | undefined) => {
    const fault = faults.get(provider);
    return fault?.chatId === undefined || fault.chatId === chatId ? fault : undefined;
  };
  return {
    put({ provider, chatId, webhook, api, times }) {
      faults.put(provider, {
        provider,
        chatId,
        webhook: webhook && { fault: webhook, left: times },
        api: api && { fault: api, left: times },
      });
    },
    clear(provider) {
      for (const fault of [...faults.values()]) {
        if (!provider || fault.provider === provider) faults.remove(fault.provider);
      }
    },
    list: () => [...faults.values()],
    takeApi(provider, chatId) {
      const fault = faultOf(provider, chatId);
      if (!fault?.api) return undefined;
      if (fault.api.left !== undefined) faults.put(provider, { ...fault, api: useUp(fault.api) });
      return fault.api.fault;
    },
    takeWebhook(provider, chatId) {
      const fault = faultOf(provider, chatId);
      if (!fault?.webhook) return undefined;
      if (fault.webhook.left !== undefined) {
        faults.put(provider, { ...fault, webhook: useUp(fault.webhook) });
      }
      return fault.webhook.fault;
    },
  };
}

function useUp<T>(part: Part<T>): Part<T> | undefined {
  const left = (part.left ?? 1) - 1;
  return left > 0 ? { ...part, left } : undefined;
}
