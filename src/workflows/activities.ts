import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities, UpkeepActivities } from '../activities/index.ts';
import { ERRAND_QUEUE, INVOICE_QUEUE, NOTICE_QUEUE } from './messages.ts';

/**
 * Decisions: one short transaction each, run by the worker that holds the workflow task, so that a
 * nudge is answered within one task. They are repeated until Postgres answers; a backoff above 20 s
 * becomes a timer that an operator sees.
 */
export const decide = proxyLocalActivities<Activities>({
  startToCloseTimeout: '9 seconds',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '10 seconds' },
  localRetryThreshold: '20 seconds',
});

/**
 * Reading back what a webhook said. Tried twice: a provider that does not answer must not hold up a
 * deadline, and upkeep drives the event again.
 */
export const readBack = proxyLocalActivities<Activities>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '9 seconds',
  retry: { initialInterval: '300 ms', maximumAttempts: 2 },
});

/** Asking and cancelling at a provider before a deadline; the caller bounds how long. */
export const close = proxyActivities<Activities>({
  taskQueue: ERRAND_QUEUE,
  startToCloseTimeout: '10 seconds',
  cancellationType: 'TRY_CANCEL',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
});

/** The same for invoices, at the provider's rate: a thousand may end at one midnight. */
export const closeInvoices = proxyActivities<Activities>({
  taskQueue: INVOICE_QUEUE,
  startToCloseTimeout: '10 seconds',
  cancellationType: 'TRY_CANCEL',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
});

/** A page to pay on: tried as long as the hold lives, which cancels it. */
export const collecting = proxyActivities<Activities>({
  taskQueue: ERRAND_QUEUE,
  startToCloseTimeout: '10 seconds',
  cancellationType: 'TRY_CANCEL',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  summary: 'Open a page to pay on',
});

/**
 * Invoices, one after the other as fast as the provider's rate limit allows: the queue's own rate keeps
 * it over all workers. A queue that a thousand ends of a month fill is waited for.
 */
export const invoicing = proxyActivities<Activities>({
  taskQueue: INVOICE_QUEUE,
  startToCloseTimeout: '20 seconds',
  cancellationType: 'TRY_CANCEL',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
  summary: 'Make or close an invoice',
});

/** What was paid for is never given up: tickets and refunds are tried until they are done. */
export const owed = proxyActivities<Activities>({
  taskQueue: ERRAND_QUEUE,
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** Messages: some minutes of tries, then upkeep takes over; a mail server must hold nothing up. */
export const telling = proxyActivities<Activities>({
  taskQueue: NOTICE_QUEUE,
  startToCloseTimeout: '60 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 3, maximumAttempts: 5 },
});

/** A code by mail: tried while it is good for anything. */
export const coding = proxyActivities<Activities>({
  taskQueue: ERRAND_QUEUE,
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '10 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds' },
  summary: 'Send a code by mail',
});

const ROUND = {
  startToCloseTimeout: '2 minutes',
  retry: { maximumAttempts: 2 },
} as const;

/** Upkeep: bounded batches, tried again by the next run of its schedule. */
export const upkeeping = proxyActivities<UpkeepActivities>({ ...ROUND, taskQueue: ERRAND_QUEUE });

/** The part of upkeep that speaks to people. */
export const resaying = proxyActivities<UpkeepActivities>({ ...ROUND, taskQueue: NOTICE_QUEUE });
