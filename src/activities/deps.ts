import type { ChatRef } from '../db/chat/chats.ts';
import type { Pool } from '../db/pool.ts';
import type { Vault } from '../db/vault.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { Texts } from '../domain/facts.ts';
import type { Mailer } from '../notify/mailer.ts';
import type { Provider } from '../payments/provider.ts';

/** All that activities reach: the only injection there is. */
export interface Deps {
  pool: Pool;
  vault: Vault;
  /** The provider of this name. Throws an `Error` for one that is not set up. */
  provider(name: string): Provider;
  mailer: Mailer;
  texts: Texts;
  /** Says what the outbox holds for a chat; `later` when Telegram would not take all of it now. */
  sendChat(chat: ChatRef): Promise<'done' | 'later'>;
  /** Where customers reach us, without a slash at the end. */
  publicUrl: string;
  /** Overrides every business's hold and offer, from `PESAN_HOLD_MINUTES`. */
  holdMinutes: number | undefined;
  /** Makes sure that the workflow of an order runs and looks at it. Safe to repeat. */
  wake(ref: BookingRef): Promise<void>;
}
