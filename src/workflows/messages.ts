import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { BookingRef, Kind, Order } from '../domain/booking.ts';

/** Where workers take their work from. */
export const TASK_QUEUE = 'pesan';

/**
 * Where calls to payment providers, codes by mail and upkeep wait. A queue of its own, so that a rush of
 * holds is answered before its payment pages are made, and so that a provider's rate limit is kept by
 * Temporal.
 */
export const ERRAND_QUEUE = 'pesan-errands';

/**
 * Where messages to people and services wait: a Telegram or a mail server that hangs keeps its own
 * twenty hands busy, and no page to pay on waits behind it.
 */
export const NOTICE_QUEUE = 'pesan-notices';

/** Where invoices of subscriptions wait; its rate is the provider's limit (docs/payments.md). */
export const INVOICE_QUEUE = 'pesan-invoices';

/** What operators find workflows by. Never encrypted, so never personal. */
export const SEARCH_ATTRIBUTES = {
  business: defineSearchAttributeKey('PesanBusiness', SearchAttributeType.KEYWORD),
  kind: defineSearchAttributeKey('PesanKind', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('PesanState', SearchAttributeType.KEYWORD),
  visitDate: defineSearchAttributeKey('PesanVisitDate', SearchAttributeType.DATETIME),
  code: defineSearchAttributeKey('PesanCode', SearchAttributeType.KEYWORD),
} as const;

/** The dedupe key of a booking: one workflow for its whole life. */
export function bookingWorkflowId({ business, code }: BookingRef): string {
  return `booking:${business}:${code}`;
}

/** The dedupe key of a subscription: one workflow for its whole life. */
export function subscriptionWorkflowId({ business, code }: BookingRef): string {
  return `subscription:${business}:${code}`;
}

/** The workflow of an order, by its kind. */
export function workflowIdOf(order: BookingRef & { kind: Kind }): string {
  return order.kind === 'plan' ? subscriptionWorkflowId(order) : bookingWorkflowId(order);
}

/** The booking that a workflow id names, or undefined. */
export function parseBookingWorkflowId(workflowId: string): BookingRef | undefined {
  const match = /^booking:([a-z][a-z0-9-]*):([0-9A-Z]{8})$/.exec(workflowId);
  return match ? { business: match[1]!, code: match[2]! } : undefined;
}

/** Asks a new booking to hold its places; answers held or refused. Its id is always `hold`. */
export const holdUpdate = defineUpdate<Order, []>('hold');

/** Asks for an answer to a request in Postgres; its id is the request's. */
export const requestUpdate = defineUpdate<Order, [requestId: string]>('request');

/** Something came from a payment provider; carries the id of the stored event. */
export const paymentSignal = defineSignal<[eventId: number]>('payment');

/** Somebody wants a page to pay on and there is none that lives. */
export const paySignal = defineSignal('pay');

/** Look at the facts again: upkeep found something undone, or an offer was made. */
export const wakeSignal = defineSignal('wake');
