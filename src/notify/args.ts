import { timeArgs, whenOf } from '../documents/booking.ts';
import { oneLine } from '../documents/writing.ts';
import type { BookingFacts, Texts } from '../domain/facts.ts';

/**
 * Everything that the texts of notices may name. It is always whole: a notice that is sent late,
 * when a date or a move is gone, still is a sentence.
 */
export function noticeArgs(facts: BookingFacts, t: Texts): Record<string, string | number | Date> {
  const { amountIdr, paidIdr, refund } = facts;
  return {
    business: oneLine(facts.business.name),
    offering: oneLine(facts.offering.name),
    kind: facts.kind,
    code: facts.code,
    state: facts.state,
    date: facts.date,
    when: whenOf(facts, t),
    quantity: facts.quantity,
    amountIdr,
    paidIdr,
    missingIdr: Math.max(0, amountIdr - paidIdr),
    excessIdr: Math.max(0, paidIdr - amountIdr),
    refundIdr: refund?.amountIdr ?? 0,
    money: refund?.state ?? (paidIdr > 0 ? 'kept' : 'nothing'),
    tickets: ticketsOf(facts),
    unconfirmed: facts.unconfirmed ? 'yes' : 'no',
    repair: facts.repairState ?? 'none',
    ...deadlineArgs(facts, t),
    ...moveArgs(facts, t),
  };
}

function ticketsOf(facts: BookingFacts): 'ready' | 'issuing' | 'none' {
  if (facts.kind !== 'permit') return 'none';
  if (facts.tickets.some((ticket) => ticket.state !== 'void')) return 'ready';
  return facts.issuing ? 'issuing' : 'none';
}

function deadlineArgs(facts: BookingFacts, t: Texts): { deadline: string; deadlineClock: string } {
  const { expiresAt, language } = facts;
  const elsewhere = t(language, 'notice-deadline-elsewhere');
  if (!expiresAt) return { deadline: elsewhere, deadlineClock: elsewhere };
  const at = { at: expiresAt, zone: timeArgs(facts).zone };
  return {
    deadline: t(language, 'say-moment', at),
    deadlineClock: t(language, 'say-clock', at),
  };
}

function moveArgs(facts: BookingFacts, t: Texts): Record<string, string | number> {
  const { move, language, business } = facts;
  if (!move) return { move: 'none', moveWhen: '', moveIdr: 0, moveDeadline: '' };
  const at = { at: move.expiresAt, zone: business.timeZone };
  const day = t(language, 'say-day', { date: move.date });
  return {
    move: 'open',
    moveWhen: move.time === null ? day : `${day}, ${move.time}`,
    moveIdr: move.differenceIdr,
    moveDeadline: t(language, 'say-moment', at),
  };
}
