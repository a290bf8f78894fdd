import type { FactsDeps } from '../db/order/facts.ts';
import type { BookingRef, DeadlineKind, Nudge } from '../domain/booking.ts';
import { cancelPayment, createPayment, readPayment } from './collect.ts';
import type { Deps } from './deps.ts';
import { openBooking } from './hold.ts';
import { issueTickets } from './issue.ts';
import { createInvoice } from './plan/invoice.ts';
import { sendOtp } from './plan/otp.ts';
import { refundPeriod } from './plan/refund.ts';
import { tellServiceOf } from './plan/service.ts';
import { meetPeriod, openSubscription, settleSubscription } from './plan/settle.ts';
import { refundPayment } from './refund.ts';
import { type Asked, meetDeadline, settleBooking } from './settle.ts';
import { sendNotices } from './tell.ts';
import { createUpkeep, wakeOffered } from './upkeep.ts';

export type Activities = ReturnType<typeof createActivities>;
export type UpkeepActivities = ReturnType<typeof createUpkeep>;

/**
 * The hands of the workflows: each is one transaction or one provider call, and safe to run twice.
 * `nowMs` is the workflow's time: no activity compares an order's instants with another clock.
 */
export function createActivities(deps: Deps & FactsDeps) {
  return {
    openBooking: (ref: BookingRef, nowMs: number) => openBooking(deps, ref, nowMs),
    settleBooking: (ref: BookingRef, nudge: Nudge, nowMs: number) =>
      settleBooking(deps, ref, nudge, nowMs),
    meetDeadline: (ref: BookingRef, kind: DeadlineKind, asked: Asked, nowMs: number) =>
      meetDeadline(deps, ref, kind, asked, nowMs),
    createPayment: (ref: BookingRef, nowMs: number) => createPayment(deps, ref, nowMs),
    readPayment: (ref: BookingRef, eventId: number | undefined, nowMs: number) =>
      readPayment(deps, ref, eventId, nowMs),
    cancelPayment: (ref: BookingRef, nowMs: number) => cancelPayment(deps, ref, nowMs),
    issueTickets: (ref: BookingRef, nowMs: number) => issueTickets(deps, ref, nowMs),
    refundPayment: (ref: BookingRef, nowMs: number) => refundPayment(deps, ref, nowMs),
    sendNotices: (ref: BookingRef) => sendNotices(deps, ref),
    openSubscription: (ref: BookingRef, nowMs: number) => openSubscription(deps, ref, nowMs),
    settleSubscription: (ref: BookingRef, nudge: Nudge, nowMs: number) =>
      settleSubscription(deps, ref, nudge, nowMs),
    meetPeriod: (ref: BookingRef, kind: DeadlineKind, asked: Asked, nowMs: number) =>
      meetPeriod(deps, ref, kind, asked, nowMs),
    createInvoice: (ref: BookingRef, nowMs: number) => createInvoice(deps, ref, nowMs),
    refundPeriod: (ref: BookingRef, nowMs: number) => refundPeriod(deps, ref, nowMs),
    sendOtp: (business: string, otpId: string) => sendOtp(deps, business, otpId),
    tellService: (ref: BookingRef) => tellServiceOf(deps, ref),
    wakeOffered: (business: string) => wakeOffered(deps, business),
  };
}

export { createUpkeep };
