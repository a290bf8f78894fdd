import type { Request, Response } from 'express';
import type { Bot } from '../bot/bot.ts';
import type { BotDeps } from '../bot/turn.ts';
import type { RehearseDeps } from '../commands/rehearsal/rehearse.ts';
import type { Pool } from '../db/pool.ts';
import type { TicketKeys } from '../documents/qr.ts';
import type { BookingFacts, SubscriptionFacts } from '../domain/facts.ts';

/** What the api's handlers reach. */
export interface ApiDeps
  extends BotDeps,
    Pick<RehearseDeps, 'fastForward' | 'isTelegramSandboxed'> {
  /** Connections for rate limits, whose counters need not outlive a crash. */
  countersPool: Pool;
  /** Takes what Telegram sends. */
  bot: Bot;
  /** Where the Bot API is. */
  telegramUrl: string;
  ticketKeys: TicketKeys;
  bookingsPerMinute: number;
  trustProxy: string | undefined;
  /** Whether Temporal answers; false after two seconds of silence. */
  temporalReachable(): Promise<boolean>;
  /** Whether there is room left to write on the disk of the data folder, where one is used. */
  hasRoom(): Promise<boolean>;
  /** Aborted when the process stops: what stays open by itself then ends. */
  stopping: AbortSignal;
}

/** What `/pay/{token}` and the links to papers show where they cannot lead on. */
export interface PayPages {
  /** That page is being opened. */
  wait(request: Request, response: Response, facts: BookingFacts): void;
  /** There is no page, but an account to transfer to. */
  transfer(request: Request, response: Response, facts: BookingFacts): void;
  /** The customer comes back from the provider's page, and its word is not here yet. */
  checking(request: Request, response: Response, facts: BookingFacts): void;
  /** There is nothing to pay (any more). */
  over(request: Request, response: Response, facts: BookingFacts): void;
  /** The papers of a booking that has none (yet, or any more). */
  papers(request: Request, response: Response, facts: BookingFacts): void;
  /** An invoice of a subscription: its page is being opened, or there is nothing to pay. */
  invoice(
    request: Request,
    response: Response,
    facts: SubscriptionFacts,
    shown: { attempt: number; way: 'wait' | 'returned' | 'over' },
  ): Promise<void>;
}
