import { z } from 'zod';
import type { Facts } from './facts.ts';
import { tooMany } from './refusal.ts';

/** The body of `PUT /control/telegram/limits`. */
export const LimitsRequest = z.strictObject({
  perSecond: z.number().positive().max(1_000_000).default(30),
  perChatPerSecond: z.number().positive().max(1_000_000).default(1),
  burst: z.int().min(1).max(1_000_000).default(20),
});

export type Limits = ReturnType<typeof createLimits>;

interface Bucket {
  left: number;
  at: number;
}

/** How fast a bot may write: a bucket a bot and one a chat (Bots FAQ: 30 a second, 1 a chat). */
export function createLimits(facts: Facts) {
  const buckets = new Map<string, Bucket>();
  const current = () => LimitsRequest.parse(facts.settings.get('limits') ?? {});

  const level = (key: string, perSecond: number, size: number): Bucket => {
    const now = Date.now();
    const { left, at } = buckets.get(key) ?? { left: size, at: now };
    return { left: Math.min(size, left + ((now - at) / 1000) * perSecond), at: now };
  };

  return {
    current,
    put(limits: z.infer<typeof LimitsRequest>) {
      facts.settings.put('limits', limits);
      buckets.clear();
    },
    /** Counts one message, or refuses it with 429 and the seconds to wait. */
    take(slug: string, chatId: number) {
      const { perSecond, perChatPerSecond, burst } = current();
      const all = level(slug, perSecond, Math.max(1, perSecond));
      const chat = level(`${slug}:${chatId}`, perChatPerSecond, burst);
      if (all.left < 1) throw tooMany((1 - all.left) / perSecond);
      if (chat.left < 1) throw tooMany((1 - chat.left) / perChatPerSecond);
      buckets.set(slug, { ...all, left: all.left - 1 });
      buckets.set(`${slug}:${chatId}`, { ...chat, left: chat.left - 1 });
    },
  };
}
