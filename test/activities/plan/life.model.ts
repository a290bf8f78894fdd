/**
 * What a subscription should do, as plainly as it can be said: no locks, no SQL, one thing after
 * another, and days of 24 hours at UTC+7.
 */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const WIB = 7 * HOUR;

export const PLANS = {
  daily: { priceIdr: 3_000, days: 1 },
  weekly: { priceIdr: 15_000, days: 7 },
  monthly: { priceIdr: 50_000, days: 30 },
} as const;
export type Plan = keyof typeof PLANS;

export interface Rules {
  graceDays: number;
  secondPayment: 'extend' | 'refund';
}

/** What is done at one instant; `at` is the place of an invoice among all, the first being 0. */
export type Step =
  | { do: 'ask'; plan: Plan }
  | { do: 'choose'; plan: Plan }
  | { do: 'pay'; at: number; what: 'all' | 'part' | 'more' }
  | { do: 'expire'; at: number }
  | { do: 'refund'; what: 'all' | 'part' }
  | { do: 'pause' | 'resume' | 'sync' | 'give back' | 'cancel' | 'look' };

interface Invoice {
  plan: Plan;
  forPeriod: number;
  state: 'open' | 'paid' | 'over';
  paidIdr: number;
  /** What its period cost; 0 when it bought none. */
  boughtIdr: number;
  /** What of that the business gave back. */
  givenIdr: number;
  backIdr: number;
}

/** A time that was bought, by the invoice at that place. */
interface Period {
  at: number;
  plan: Plan;
  fromMs: number;
  toMs: number;
}

export interface Model {
  state: 'none' | 'pending' | 'active' | 'ended';
  plan: Plan;
  nextPlan: Plan | null;
  periods: number;
  untilMs: number | null;
  endsMs: number | null;
  invoiceEndsMs: number | null;
  reminders: number[];
  isPaused: boolean;
  invoices: Invoice[];
  bought: Period[];
  /** At which ends it was told that the business stopped it. */
  stops: number[];
  told: Record<string, number>;
}

export function newModel(): Model {
  return {
    ...{ state: 'none', plan: 'daily', nextPlan: null, periods: 0, untilMs: null, endsMs: null },
    ...{ invoiceEndsMs: null, reminders: [], isPaused: false, invoices: [], told: {} },
    ...{ bought: [], stops: [] },
  } as Model;
}

/** Several things at one instant, in this order. */
export function apply(model: Model, steps: readonly Step[], nowMs: number, rules: Rules): Model {
  for (const step of steps) applyOne(model, step, nowMs, rules);
  return closeOutdated(model);
}

function applyOne(model: Model, step: Step, nowMs: number, rules: Rules): void {
  if (step.do === 'ask') ask(model, step.plan, nowMs);
  else if (model.state === 'none') return;
  else if (step.do === 'choose') model.nextPlan = step.plan === model.plan ? null : step.plan;
  else if (step.do === 'pause' || step.do === 'resume') model.isPaused = step.do === 'pause';
  else if (step.do === 'pay') pay(model, step, nowMs, rules);
  else if (step.do === 'expire') hearOfExpiry(model, step.at);
  else if (step.do === 'look') tellOfExpiry(model);
  else if (step.do === 'refund') refund(model, step.what, nowMs, rules);
  else if (step.do === 'cancel') cancel(model, nowMs, rules);
}

const newestOf = (model: Model) => model.invoices.at(-1);

function ask(model: Model, plan: Plan, nowMs: number): void {
  const newest = newestOf(model);
  if (model.state === 'pending' && newest?.state === 'open' && newest.plan === plan) return;
  if (model.state !== 'active') {
    model.state = 'pending';
    model.plan = plan;
  }
  addInvoice(model, plan);
  model.invoiceEndsMs = nowMs + DAY;
}

const NOTHING = { paidIdr: 0, boughtIdr: 0, givenIdr: 0, backIdr: 0 };

function addInvoice(model: Model, plan: Plan): void {
  const forPeriod = model.periods + 1;
  model.invoices.push({ plan, forPeriod, state: 'open', ...NOTHING });
}

export function amountOf(priceIdr: number, what: 'all' | 'part' | 'more'): number {
  if (what === 'all') return priceIdr;
  return what === 'part' ? priceIdr - 1_000 : priceIdr + 1_000;
}

function pay(
  model: Model,
  { at, what }: Extract<Step, { do: 'pay' }>,
  nowMs: number,
  rules: Rules,
): void {
  const invoice = model.invoices[at];
  if (!invoice) return;
  const { priceIdr } = PLANS[invoice.plan];
  invoice.state = 'paid';
  invoice.paidIdr = Math.max(invoice.paidIdr, amountOf(priceIdr, what));
  const isSecond = invoice.forPeriod <= model.periods;
  const wantsNone = isSecond && rules.secondPayment === 'refund';
  const isEnough = invoice.paidIdr >= priceIdr;
  if (isEnough && invoice.boughtIdr === 0 && invoice.backIdr === 0 && !wantsNone) {
    invoice.boughtIdr = priceIdr;
    renew(model, at, isSecond, nowMs, rules);
  }
  invoice.backIdr = invoice.paidIdr - (invoice.boughtIdr - invoice.givenIdr);
}

function renew(model: Model, at: number, isSecond: boolean, nowMs: number, rules: Rules): void {
  const { plan } = model.invoices[at]!;
  const wasActive = model.state === 'active';
  const fromMs = wasActive ? model.untilMs! : nowMs;
  const untilMs = fromMs + PLANS[plan].days * DAY;
  Object.assign(model, {
    state: 'active',
    plan,
    nextPlan: model.nextPlan === plan ? null : model.nextPlan,
    periods: model.periods + 1,
    untilMs,
    endsMs: untilMs + rules.graceDays * DAY,
    invoiceEndsMs: null,
    reminders: remindersOf(plan, untilMs, nowMs).filter((ms) => ms > nowMs),
  });
  model.bought.push({ at, plan, fromMs, toMs: untilMs });
  tell(model, isSecond ? 'renewed_again' : wasActive ? 'renewed' : 'activated');
}

function remindersOf(plan: Plan, untilMs: number, nowMs: number): number[] {
  if (plan === 'daily' && untilMs - nowMs < 2 * DAY) return [untilMs - 3 * HOUR];
  const midnight = Math.floor((untilMs + WIB) / DAY) * DAY - WIB;
  return [3, 2, 1].map((days) => midnight - days * DAY);
}

/** The business gives back money of the newest period; all of it takes its time, too. */
function refund(model: Model, what: 'all' | 'part', nowMs: number, rules: Rules): void {
  const newest = model.bought.at(-1);
  const leftIdr = newest ? leftOf(model, newest) : 0;
  const amountIdr = what === 'all' ? leftIdr : 1_000;
  if (newest && amountIdr > 0 && amountIdr <= leftIdr)
    giveBack(model, newest, amountIdr, nowMs, rules);
}

/** The business ends it now, and gives back what is not over. */
function cancel(model: Model, nowMs: number, rules: Rules): void {
  for (const period of model.bought.toReversed()) {
    const leftIdr = leftOf(model, period);
    if (period.toMs > nowMs && leftIdr > 0) giveBack(model, period, leftIdr, nowMs, rules);
  }
  if (model.state === 'pending') expire(model);
  else stop(model);
}

function leftOf(model: Model, { at }: Period): number {
  const { boughtIdr, givenIdr } = model.invoices[at]!;
  return boughtIdr - givenIdr;
}

function giveBack(
  model: Model,
  period: Period,
  amountIdr: number,
  nowMs: number,
  rules: Rules,
): void {
  const isWhole = amountIdr === leftOf(model, period);
  const invoice = model.invoices[period.at]!;
  invoice.givenIdr += amountIdr;
  invoice.backIdr += amountIdr;
  tell(model, 'given_back');
  if (!isWhole || model.state !== 'active' || period.toMs <= nowMs) return;
  period.toMs = Math.max(period.fromMs, nowMs);
  model.untilMs = period.toMs;
  if (period.toMs <= nowMs) {
    stop(model);
    return;
  }
  const { plan } = model.bought[model.bought.indexOf(period) - 1]!;
  const reminders = remindersOf(plan, period.toMs, nowMs).filter((ms) => ms > nowMs);
  Object.assign(model, { plan, endsMs: period.toMs + rules.graceDays * DAY, reminders });
}

/** Told once for an end, also when it is stopped, paid for and stopped again at one instant. */
function stop(model: Model): void {
  if (model.state !== 'active') return;
  end(model);
  if (!model.stops.includes(model.untilMs!)) tell(model, 'stopped');
  model.stops.push(model.untilMs!);
}

function end(model: Model): void {
  Object.assign(model, { state: 'ended', endsMs: null, invoiceEndsMs: null, reminders: [] });
}

/**
 * What happens in more than one moment: what the provider says is written down, then looked at, and
 * somebody may ask for a new invoice in between.
 */
export function momentsOf(step: Step): Step[] {
  return step.do === 'expire' ? [step, { do: 'look' }] : [step];
}

/** The provider says that an invoice has expired. */
function hearOfExpiry(model: Model, at: number): void {
  const invoice = model.invoices[at];
  if (invoice?.state === 'open') invoice.state = 'over';
}

/** Told only of the one that was asked for last. */
function tellOfExpiry(model: Model): void {
  const newest = newestOf(model);
  const isWanted = newest?.state === 'over' && newest.forPeriod > model.periods;
  if (isWanted && model.invoiceEndsMs !== null) expire(model);
}

function expire(model: Model): void {
  tell(model, 'invoice_expired');
  model.invoiceEndsMs = null;
  if (model.state === 'pending') model.state = 'ended';
}

/** Time goes by: each deadline is met at its own instant, or, after an outage, all at the last. */
export function pass(model: Model, toMs: number, isOutage: boolean): Model {
  for (;;) {
    const due = dueOf(model);
    if (!due || due.atMs > toMs) return closeOutdated(model);
    meet(model, due.what, isOutage ? toMs : due.atMs);
  }
}

function dueOf(model: Model): { what: 'end' | 'remind' | 'expire'; atMs: number } | undefined {
  const isActive = model.state === 'active';
  const all = [
    { what: 'end' as const, atMs: isActive ? model.endsMs : null },
    { what: 'remind' as const, atMs: isActive ? (model.reminders[0] ?? null) : null },
    { what: 'expire' as const, atMs: model.state === 'ended' ? null : model.invoiceEndsMs },
  ];
  const known = all.flatMap(({ what, atMs }) => (atMs === null ? [] : [{ what, atMs }]));
  return known.sort((one, other) => one.atMs - other.atMs)[0];
}

function meet(model: Model, what: 'end' | 'remind' | 'expire', nowMs: number): void {
  if (what === 'remind') {
    remind(model, nowMs);
    return;
  }
  for (const invoice of model.invoices) if (invoice.state === 'open') invoice.state = 'over';
  if (what === 'expire') {
    expire(model);
    return;
  }
  end(model);
  tell(model, 'ended');
}

function remind(model: Model, nowMs: number): void {
  model.reminders = model.reminders.filter((ms) => ms > nowMs);
  if (model.isPaused || model.endsMs! <= nowMs) return;
  addInvoice(model, model.nextPlan ?? model.plan);
  model.invoiceEndsMs = null;
  tell(model, 'ending');
}

/** Nobody can pay an invoice but the newest, nor that one when nothing is to be paid. */
function closeOutdated(model: Model): Model {
  for (const invoice of model.invoices) {
    const isWanted = invoice === newestOf(model) && invoice.forPeriod > model.periods;
    if (invoice.state === 'open' && (model.state === 'ended' || !isWanted)) invoice.state = 'over';
  }
  return model;
}

function tell(model: Model, kind: string): void {
  model.told[kind] = (model.told[kind] ?? 0) + 1;
}
