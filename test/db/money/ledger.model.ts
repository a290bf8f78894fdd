import { owedAt } from '../../../src/domain/payment.ts';

/**
 * What the core should do, as plainly as it can be said: no locks, no SQL, one thing after another.
 * A booking draws on its trail's slot and on the mountain's, of one of two days.
 */

export type Trail = 'baturraden' | 'guci';
export type Quota = Trail | 'mountain';
export type DayNo = 0 | 1;

export const QUOTAS: readonly Quota[] = ['baturraden', 'guci', 'mountain'];
export const PRICE_IDR = [100_000, 150_000] as const;
export const PART_REFUND_IDR = 10_000;
export const EXTRA_IDR = 10_000;

/** What is done; `at` names an order by where it stands among those that exist. */
export type Step =
  | { do: 'hold' | 'join'; trail: Trail; day: DayNo; quantity: number }
  | { do: 'pay'; at: number; what: 'all' | 'part' | 'more' }
  | {
      do: 'expire' | 'cancel' | 'refund' | 'part refund' | 'give back' | 'move' | 'leave';
      at: number;
    }
  | { do: 'capacity'; quota: Quota; day: DayNo; capacity: number };

export interface ModelOrder {
  trail: Trail;
  day: DayNo;
  quantity: number;
  state: string;
  priceIdr: number;
  owedIdr: number;
  plannedIdr: number;
  refundDue: boolean;
  /** Where it stands in line. */
  lineNo: number;
  move: boolean;
  attempts: { purpose: 'visit' | 'move'; amountIdr: number; paidIdr: number; open: boolean }[];
}

export interface Model {
  capacity: Record<Quota, [number, number]>;
  lines: number;
  orders: ModelOrder[];
}

export function newModel(): Model {
  return { capacity: { baturraden: [3, 3], guci: [4, 4], mountain: [5, 5] }, lines: 0, orders: [] };
}

export const clone = (model: Model): Model => structuredClone(model);

const paidOf = (order: ModelOrder) => order.attempts.reduce((sum, a) => sum + a.paidIdr, 0);
const otherDay = (day: DayNo): DayNo => (day === 0 ? 1 : 0);
const drawsOn = (trail: Trail): Quota[] => [trail, 'mountain'];

/** What a slot counts: an open move holds places of the other day. */
export function slotOf(model: Model, quota: Quota, day: DayNo) {
  const counts = { held: 0, sold: 0, waiting: 0 };
  for (const order of model.orders) {
    if (!drawsOn(order.trail).includes(quota)) continue;
    if (order.move && otherDay(order.day) === day) counts.held += order.quantity;
    if (order.day !== day) continue;
    if (order.state === 'held') counts.held += order.quantity;
    if (order.state === 'paid') counts.sold += order.quantity;
    if (order.state === 'waiting') counts.waiting = Math.max(counts.waiting, order.quantity);
  }
  return { capacity: model.capacity[quota][day], ...counts };
}

function room(model: Model, trail: Trail, day: DayNo, whose: 'stranger' | 'line'): number {
  const left = drawsOn(trail).map((quota) => {
    const { capacity, held, sold, waiting } = slotOf(model, quota, day);
    return capacity - held - sold - (whose === 'stranger' ? waiting : 0);
  });
  return Math.min(...left);
}

function offer(model: Model, day: DayNo): void {
  const line = model.orders.filter((order) => order.state === 'waiting' && order.day === day);
  line.sort((a, b) => a.lineNo - b.lineNo);
  for (const order of line) {
    if (room(model, order.trail, day, 'line') >= order.quantity) order.state = 'held';
  }
}

/** Asks for a page for every order that wants money and has none. Before each round of steps. */
export function collect(model: Model): void {
  for (const order of model.orders) {
    const purpose = order.state === 'held' ? 'visit' : order.move ? 'move' : undefined;
    if (!purpose || order.attempts.some((a) => a.open && a.purpose === purpose)) continue;
    const there = paidOf(order) - order.plannedIdr;
    const asked = purpose === 'visit' ? order.priceIdr : owedAfterMove(order);
    const amountIdr = asked - there;
    if (amountIdr > 0) order.attempts.push({ purpose, amountIdr, paidIdr: 0, open: true });
  }
}

const priceOn = (order: ModelOrder, day: DayNo) => PRICE_IDR[day] * order.quantity;
const owedAfterMove = (order: ModelOrder) =>
  owedAt(priceOn(order, otherDay(order.day)), {
    amountIdr: order.priceIdr,
    owedIdr: order.owedIdr,
  });

/** Gives back all that is not owed, and says whether that was anything. */
function returnExtra(order: ModelOrder): boolean {
  const extra = paidOf(order) - order.plannedIdr - order.owedIdr;
  if (extra <= 0) return false;
  order.plannedIdr += extra;
  order.refundDue = true;
  return true;
}

function arrive(model: Model, order: ModelOrder): void {
  const left = order.day;
  order.owedIdr = owedAfterMove(order);
  order.priceIdr = priceOn(order, otherDay(left));
  order.move = false;
  order.day = otherDay(left);
  returnExtra(order);
  offer(model, left);
}

function end(model: Model, order: ModelOrder, state: string): void {
  const days: DayNo[] = order.move ? [0, 1] : [order.day];
  Object.assign(order, { state, move: false, owedIdr: 0 });
  if (returnExtra(order)) order.state = 'refund_due';
  for (const day of days) offer(model, day);
}

function acceptMoney(model: Model, order: ModelOrder): void {
  const paid = paidOf(order);
  if (order.state === 'held') {
    if (paid < order.priceIdr) return;
    Object.assign(order, { state: 'paid', owedIdr: order.priceIdr });
    returnExtra(order);
  } else if (order.state === 'paid') {
    if (order.move && paid - order.plannedIdr >= owedAfterMove(order)) arrive(model, order);
    if (!order.move) returnExtra(order);
  } else if (paid - order.plannedIdr - order.owedIdr > 0) {
    const fresh = paid - order.plannedIdr - order.owedIdr;
    const back = order.state === 'expired' && fresh >= order.priceIdr;
    if (back && room(model, order.trail, order.day, 'stranger') >= order.quantity) {
      Object.assign(order, { state: 'paid', owedIdr: order.priceIdr });
    } else order.state = 'refund_due';
    returnExtra(order);
  }
}

/** Says what a payment of an attempt brings in all. */
export function amountPaid(amountIdr: number, what: 'all' | 'part' | 'more'): number {
  if (what === 'part') return Math.floor(amountIdr / 2);
  return what === 'more' ? amountIdr + EXTRA_IDR : amountIdr;
}

function pay(model: Model, order: ModelOrder, no: number, what: 'all' | 'part' | 'more'): void {
  const attempt = order.attempts[no];
  if (!attempt) return;
  attempt.paidIdr = Math.max(attempt.paidIdr, amountPaid(attempt.amountIdr, what));
  attempt.open = false;
  acceptMoney(model, order);
}

function closeAttempts(order: ModelOrder): void {
  for (const attempt of order.attempts) attempt.open = false;
}

function cancel(model: Model, order: ModelOrder): void {
  if (order.state === 'held') closeAttempts(order);
  if (order.state === 'held' || order.state === 'paid') end(model, order, 'cancelled');
}

function expire(model: Model, order: ModelOrder): void {
  if (order.state !== 'held' && !order.move) return;
  closeAttempts(order);
  if (order.state === 'held') end(model, order, 'expired');
  if (!order.move) return;
  order.move = false;
  offer(model, otherDay(order.day));
  returnExtra(order);
}

function move(model: Model, order: ModelOrder): void {
  if (order.state !== 'paid' || order.move) return;
  const to = otherDay(order.day);
  if (room(model, order.trail, to, 'stranger') < order.quantity) return;
  if (priceOn(order, to) > order.priceIdr) order.move = true;
  else arrive(model, order);
}

/** An order that is not there yet. */
function blank(step: Extract<Step, { trail: Trail }>): ModelOrder {
  const { trail, day, quantity } = step;
  return {
    ...{ trail, day, quantity, lineNo: 0, move: false, attempts: [], state: 'none' },
    ...{ priceIdr: PRICE_IDR[day] * quantity, owedIdr: 0, plannedIdr: 0, refundDue: false },
  };
}

function insert(model: Model, step: Extract<Step, { trail: Trail }>, order: ModelOrder): void {
  const { trail, day, quantity } = step;
  if (step.do === 'hold') {
    order.state = room(model, trail, day, 'stranger') >= quantity ? 'held' : 'refused';
  } else if (drawsOn(trail).every((quota) => model.capacity[quota][day] >= quantity)) {
    model.lines += 1;
    Object.assign(order, { state: 'waiting', lineNo: model.lines });
    offer(model, day);
  }
}

/** A step with the order that it is about, and for money the attempt. */
export interface Bound {
  step: Step;
  no: number;
  attempt: number;
}

/** Does steps in this order. */
export function apply(model: Model, steps: readonly Bound[]): Model {
  for (const { step, no } of steps) if ('trail' in step) model.orders[no] = blank(step);
  for (const { step, no, attempt } of steps) {
    const order = model.orders[no];
    if (step.do === 'capacity') {
      model.capacity[step.quota][step.day] = step.capacity;
      offer(model, step.day);
    } else if (order && 'trail' in step) insert(model, step, order);
    else if (order && step.do === 'pay') pay(model, order, attempt, step.what);
    else if (order && 'at' in step) TOUCH[step.do as Exclude<typeof step.do, 'pay'>](model, order);
  }
  return model;
}

type Touch = Exclude<Extract<Step, { at: number }>['do'], 'pay'>;

const TOUCH: Record<Touch, (model: Model, order: ModelOrder) => void> = {
  expire,
  cancel,
  move,
  leave: (model, order) => {
    if (order.state === 'held') cancel(model, order);
    if (order.state !== 'waiting') return;
    order.state = 'cancelled';
    offer(model, order.day);
  },
  refund: (model, order) => {
    if (order.state === 'paid') end(model, order, 'cancelled');
  },
  'part refund': (_model, order) => {
    if (order.state !== 'paid' || order.owedIdr <= PART_REFUND_IDR) return;
    order.owedIdr -= PART_REFUND_IDR;
    returnExtra(order);
  },
  'give back': (_model, order) => {
    order.refundDue = false;
    if (order.state === 'refund_due') order.state = 'refunded';
  },
};
