import type { Story } from '../db/order/story.ts';
import { type Db, maybeOne } from '../db/pool.ts';
import type { BookingRef } from '../domain/booking.ts';
import { isoIn } from '../domain/calendar.ts';

/** An order as an operator names it: nobody's name or address, and no link. */
export interface Head extends BookingRef {
  offering: string;
  date: string | null;
  time: string | null;
  quantity: number;
  base: string | null;
  state: string;
  refusal: string | null;
  amountIdr: number;
  paidIdr: number;
  twinOf: string | null;
  timeZone: string;
  requestedAt: Date;
  isWaiting: boolean;
  offeredAt: Date | null;
  openedAt: Date | null;
  expiresAt: Date | null;
  activeUntil: Date | null;
  closedAt: Date | null;
  deadline: string | null;
  deadlineAt: Date | null;
}

/** The order of a code in any state, also refused or in line; undefined for no order. */
export function findHead(db: Db, code: string): Promise<Head | undefined> {
  return maybeOne(
    db,
    `select o.business_id as business, o.code, f.name as offering, o.date, o.time, o.quantity,
       s.base, o.state, o.refusal, o.amount_idr as "amountIdr",
       (select coalesce(sum(p.paid_idr), 0) from payments p
         where p.business_id = o.business_id and p.code = o.code)::bigint as "paidIdr",
       o.twin_of as "twinOf", b.time_zone as "timeZone", o.requested_at as "requestedAt",
       o.waiting_no is not null as "isWaiting", o.offered_at as "offeredAt",
       o.opened_at as "openedAt", o.expires_at as "expiresAt", s.active_until as "activeUntil",
       o.closed_at as "closedAt", o.next_deadline as deadline, o.next_deadline_at as "deadlineAt"
     from orders o join businesses b using (business_id)
       join offerings f using (business_id, offering_id)
       left join subscriptions s using (business_id, code)
     where o.code = $1`,
    [code],
  );
}

/**
 * An order's story for a person: how it stands, then a line a happening, oldest first, each with its
 * instant in the zone of the business; last what comes next.
 */
export function storyLines(head: Head, story: Story): string[] {
  const said = [
    ...beginning(head),
    ...story.payments.flatMap(paymentLines),
    ...story.events.flatMap(eventLine),
    ...story.periods.map((period) => periodLine(head.timeZone, period)),
    ...story.requests.map(requestLine),
    ...ticketLines(story.tickets),
    ...story.refunds.flatMap(refundLines),
    ...end(head),
    ...story.notices.map((notice) => noticeLine(head, notice)),
    ...story.scans.map(scanLine),
    ...story.audit.flatMap(auditLine),
  ];
  // Of the same instant, cause before effect: the order above. Sorting is stable.
  said.sort((one, other) => one.at.getTime() - other.at.getTime());
  const lines = said.map(({ at, what }) => `${secondIn(head.timeZone, at)} · ${what}`);
  return [...standing(head), '', ...lines, ...ahead(head)];
}

interface Happening {
  at: Date;
  what: string;
}

function happened(at: Date | string, ...what: (string | false | null | undefined)[]): Happening {
  return { at: new Date(at), what: what.filter(Boolean).join(' · ') };
}

/** An instant of the zone to the second. */
function secondIn(zone: string, at: Date): string {
  return isoIn(zone, new Date(Math.floor(at.getTime() / 1000) * 1000));
}

function idr(amountIdr: number): string {
  return `Rp${amountIdr.toLocaleString('id-ID')}`;
}

function standing(head: Head): string[] {
  const when = [head.date, head.time].filter(Boolean).join(' ');
  const what = head.base ?? `${when} · ${head.quantity} ${head.quantity > 1 ? 'places' : 'place'}`;
  const state = head.refusal ? `${head.state}: ${head.refusal}` : head.state;
  return [
    `${head.code} · ${head.business} · ${head.offering} · ${what}`,
    [
      state,
      `price ${idr(head.amountIdr)}`,
      `paid ${idr(head.paidIdr)}`,
      ...(head.activeUntil ? [`active until ${secondIn(head.timeZone, head.activeUntil)}`] : []),
      ...(head.twinOf ? [`a rehearsal of ${head.twinOf}`] : []),
    ].join(' · '),
  ];
}

function beginning(head: Head): Happening[] {
  const { requestedAt, offeredAt, openedAt, timeZone, base } = head;
  const asked = head.isWaiting ? 'joined the waiting list' : 'asked for';
  // Only while it is open: what ended keeps no end of its hold that could be told from others.
  const until = head.state === 'held' && head.expiresAt;
  const held = base ? 'opened' : 'place held';
  const opened = until ? `${held} until ${secondIn(timeZone, until)}` : held;
  return [
    happened(requestedAt, asked),
    ...(offeredAt ? [happened(offeredAt, 'offered: its turn in the line')] : []),
    ...(openedAt ? [happened(openedAt, opened)] : []),
  ];
}

function end({ state, closedAt }: Head): Happening[] {
  return closedAt ? [happened(closedAt, `the order is ${state}`)] : [];
}

function ahead({ deadline, deadlineAt, timeZone }: Head): string[] {
  return deadline && deadlineAt ? [`${secondIn(timeZone, deadlineAt)} · next: ${deadline}`] : [];
}

function paymentLines(payment: Story['payments'][number]): Happening[] {
  const { ref, state, amountIdr, paidIdr, method, createdAt, paidAt } = payment;
  const stands = `payment ${ref}: ${idr(amountIdr)} to pay for a ${payment.purpose}`;
  return [
    happened(createdAt, stands, !paidAt && `now ${state}`, !paidAt && method),
    ...(paidAt ? [happened(paidAt, `payment ${ref}: ${idr(paidIdr)} paid`, method)] : []),
  ];
}

function eventLine({
  id,
  ref,
  source,
  status,
  said,
  state,
  reason,
  receivedAt,
}: Story['events'][number]): Happening[] {
  const word = status === 'unknown' ? said?.toLowerCase() : status;
  // What says nothing and led to nothing is no happening.
  if (!word && state === 'done') return [];
  const from = source === 'webhook' ? 'the provider told' : 'the provider, asked, said';
  const isOpen = state !== 'done' && `event ${id} is ${state}`;
  const what = `payment ${ref}: ${from} "${word ?? status}"`;
  return [happened(receivedAt, what, isOpen, reason)];
}

function periodLine(zone: string, period: Story['periods'][number]): Happening {
  const [from, to] = [period.from, period.to].map((at) => secondIn(zone, new Date(at)));
  const what = `period ${period.no}: ${period.plan}, from ${from} to ${to}`;
  return happened(period.paidAt, what, `for ${idr(period.amountIdr)}`);
}

function requestLine({ kind, askedBy, wish, state, answer, createdAt }: Story['requests'][number]) {
  const { amountIdr, byHand, date, time, reason, note } = wish;
  const wished = [
    kind.replace('_', ' '),
    ...(wish.state ? [wish.state] : []),
    ...(amountIdr ? [idr(amountIdr)] : []),
    ...(byHand ? ['paid back by hand'] : []),
    ...(date ? [`to ${[date, time].filter(Boolean).join(' ')}`] : []),
  ].join(' ');
  const answered = state === 'refused' ? `refused: ${answer?.refused ?? ''}` : state;
  return happened(createdAt, `${askedBy} asked to ${wished}`, answered, reason, note);
}

/** Those issued together in one line. */
function ticketLines(tickets: Story['tickets']): Happening[] {
  const instants = [...new Set(tickets.map((ticket) => ticket.issuedAt))];
  return instants.map((at) => {
    const issued = tickets.filter((ticket) => ticket.issuedAt === at);
    const each = issued.map(({ id, state }) => (state === 'valid' ? id : `${id} (now ${state})`));
    return happened(at, `tickets issued for ${issued[0]!.date}: ${each.join(', ')}`);
  });
}

function refundLines(refund: Story['refunds'][number]): Happening[] {
  const { no, amountIdr, reason, state, note, createdAt, doneAt } = refund;
  const open = state === 'by_hand' ? 'to be transferred by hand' : `now ${state}`;
  return [
    happened(createdAt, `refund ${no}: ${idr(amountIdr)} to give back`, reason, !doneAt && open),
    ...(doneAt ? [happened(doneAt, `refund ${no}: ${idr(amountIdr)} given back`, note)] : []),
  ];
}

const WAYS = {
  email: 'the customer by e-mail',
  telegram: 'the customer in the chat',
  operator: 'the operator by e-mail',
};

function noticeLine(head: Head, notice: Story['notices'][number]): Happening {
  const { kind, channel, state, tries, error, sentAt } = notice;
  const createdAt = momentOf(head, notice);
  const at = head.twinOf ? createdAt : (sentAt ?? createdAt);
  if (state === 'sent') return happened(at, `told ${WAYS[channel]}: "${kind}"`);
  const why = {
    due: 'not sent yet',
    failed: 'could not be sent',
    dropped: 'not sent: no address, or no longer true',
  }[state];
  const tried = tries > 0 && `tries: ${tries}`;
  return happened(createdAt, `to tell ${WAYS[channel]}: "${kind}"`, why, tried, error);
}

/** When there was something to tell. A twin lives ahead of the clock by which its notices were written. */
function momentOf({ twinOf, closedAt }: Head, notice: Story['notices'][number]): Date | string {
  if (!twinOf) return notice.createdAt;
  if (notice.kind === 'ending') return notice.occurrence;
  return ENDINGS.includes(notice.kind) && closedAt ? closedAt : notice.createdAt;
}

const ENDINGS: readonly string[] = ['ended', 'invoice_expired', 'expired'];

function scanLine({ ticket, direction, at, gate, result, reason }: Story['scans'][number]) {
  const refused = result === 'refused' && `refused: ${reason}`;
  return happened(at, `ticket ${ticket} at the gate ${gate}, ${direction}`, refused);
}

/** What was asked of the order has a line of its own already. */
function auditLine({ at, who, action, details }: Story['audit'][number]): Happening[] {
  return action.startsWith('booking.') ? [] : [happened(at, `${who} ${deedOf(action, details)}`)];
}

function deedOf(action: string, { plan, ownerChat, wasOwnerChat }: Record<string, unknown>) {
  switch (action) {
    case 'subscription.pause-reminders':
      return 'paused the reminders';
    case 'subscription.resume-reminders':
      return 'resumed the reminders';
    case 'subscription.next-plan':
      return `chose the next plan: ${plan}`;
    case 'base.register':
      return wasOwnerChat === undefined || wasOwnerChat === ownerChat
        ? 'registered the base, its owner as before'
        : `changed the owner of the base: chat ${ownerChat} instead of ${wasOwnerChat}`;
    default:
      return `did ${action}`;
  }
}
