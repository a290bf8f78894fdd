import type { Account, PayMethod, ProviderWord } from '../domain/payment.ts';

export type { Account };

/** What a provider is asked to collect. Nothing of it is secret; amounts are whole rupiah. */
export interface Charge {
  ref: string;
  amountIdr: number;
  /** What the customer sees bought, at most 50 characters. */
  label: string;
  /** How the customer wants to pay; null: they choose on the page. */
  method: PayMethod | null;
  /** Where the customer's browser goes afterwards. Carries no capability. */
  returnUrl: string;
  now: Date;
  /** When our hold ends; the page is made to end a little before where the provider allows. */
  holdEndsAt: Date;
}

export interface PaymentPage {
  /** Null where there is no page of the provider's. */
  token: string | null;
  url: string;
  expiresAt: Date;
  /** The account that the customer transfers to, where they chose that before. */
  va?: { bank: string; number: string };
}

/** A verified webhook in our words. `identity` names the event: the same event has the same one. */
export interface ProviderEvent {
  identity: string;
  ref: string;
  word: ProviderWord;
  currency: string;
  /** What was received, without its signature. */
  payload: Record<string, unknown>;
}

/**
 * What Pesan needs of a payment provider. Every call ends within the configured time-out.
 *
 * Throws `ProviderError`; its message holds no personal data and no keys.
 */
export interface Provider {
  readonly name: 'midtrans' | 'xendit' | 'rehearsal';
  /** Opens a page to pay on; `used` when the provider already has a transaction of this ref. */
  createPage(account: Account, charge: Charge): Promise<PaymentPage | 'used'>;
  /** What the provider says of a ref; state `unknown` when it has no transaction of it. */
  ask(account: Account, ref: string): Promise<ProviderWord>;
  /** Makes a ref unpayable, its page too; `refused` when the provider would not (ask again). */
  cancel(account: Account, ref: string, pageToken: string | null): Promise<'cancelled' | 'refused'>;
  /**
   * Gives money back once per key, however often it is called; `by_hand` when this channel has no
   * refund, `pending` when the provider took the wish but the money is not confirmed.
   */
  refund(account: Account, wish: RefundWish): Promise<'done' | 'pending' | 'by_hand'>;
  /** Verifies and reads a webhook; `forged` when signature or token are not this account's. */
  readWebhook(
    account: Account,
    body: unknown,
    headers: WebhookHeaders,
  ): ProviderEvent | 'forged' | 'malformed';
}

/** By their names in lower case. */
export type WebhookHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface RefundWish {
  ref: string;
  key: string;
  amountIdr: number;
  /** All that came, so that a captured card is cancelled instead of refunded. */
  paidIdr: number;
  /** For our books. Not sent where it would be free text: an operator may have named somebody. */
  reason: string;
}

/** A provider that did not do what was asked. `temporary`: asking again may help. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';

  constructor(
    message: string,
    readonly temporary: boolean,
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
