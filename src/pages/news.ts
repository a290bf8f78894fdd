import type { BookingFacts } from '../domain/facts.ts';
import type { Look } from './look.ts';
import type { Tone } from './notice.tsx';
import { isCounting, type Status } from './status.ts';
import { day, moment } from './words.ts';

/** What stands first on a status page: what happened, what became of the money, what to do. */
export interface News {
  tone: Tone;
  title: string;
  text: string;
}

/** The news of a booking, the most important fact of it in words. */
export function newsOf(look: Look, status: Status): News {
  const [kind, tone] = kindOf(status);
  const args = newsArgs(look, status);
  return {
    tone,
    title: look.t(`page-news-${kind}-title`, args),
    text: look.t(`page-news-${kind}`, args),
  };
}

type NewsKind =
  | 'held'
  | 'checking'
  | 'denied'
  | 'underpaid'
  | 'review'
  | 'issuing'
  | 'choose'
  | 'paid'
  | 'expired'
  | 'cancelled'
  | 'closed'
  | 'refund_due'
  | 'refunded'
  | 'completed';

function kindOf({ facts, closure }: Status): [NewsKind, Tone] {
  const closed = closure !== undefined && closure.booked !== 'keep';
  switch (facts.state) {
    case 'held':
      return heldKindOf(facts);
    case 'review':
      return ['review', 'wait'];
    case 'paid':
      if (closed) return ['choose', 'bad'];
      return facts.issuing ? ['issuing', 'good'] : ['paid', 'good'];
    case 'expired':
      return ['expired', 'bad'];
    case 'cancelled':
      return closed ? ['closed', 'bad'] : ['cancelled', 'plain'];
    case 'refund_due':
      return closed ? ['closed', 'bad'] : ['refund_due', 'wait'];
    case 'refunded':
      return ['refunded', 'plain'];
    case 'completed':
      return ['completed', 'plain'];
  }
}

function heldKindOf(facts: BookingFacts): [NewsKind, Tone] {
  const { payment } = facts;
  if (isCounting(facts)) return ['checking', 'wait'];
  if (payment.state === 'denied') return ['denied', 'bad'];
  if (payment.state === 'underpaid') return ['underpaid', 'bad'];
  return ['held', 'wait'];
}

/** Whole for every news, so that a text can say anything that is known. */
export function newsArgs(look: Look, { facts }: Status): Record<string, string | number> {
  const { business, amountIdr, paidIdr, refund, expiresAt } = facts;
  return {
    business: business.name,
    offering: facts.offering.name,
    kind: facts.kind,
    day: day(look, facts.date),
    deadline: expiresAt
      ? moment(look, expiresAt, business.timeZone)
      : look.t('notice-deadline-elsewhere'),
    amountIdr,
    paidIdr,
    missingIdr: Math.max(0, amountIdr - paidIdr),
    excessIdr: Math.max(0, paidIdr - amountIdr),
    refundIdr: refund?.amountIdr ?? 0,
    money: refund?.state ?? (paidIdr > 0 ? 'kept' : 'nothing'),
    unconfirmed: facts.unconfirmed ? 'yes' : 'no',
  };
}
