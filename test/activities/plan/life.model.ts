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
  | { do: 'pause' | 'resume' | 'sync' | 'give back' };

interface Invoice {
  plan: Plan;
  forPeriod: number;
  state: 'open' | 'paid' | 'over';
  paidIdr: number;
  /** What its period cost; 0 when it bought none. */
  boughtIdr: number;
  backIdr: number;
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
  told: Record<string, number>;
}

export function newModel(): Model {
  return {
    ...{ state: 'none', plan: 'daily', nextPlan: null, periods: 0, untilMs: null, endsMs: null },
    ...{ invoiceEndsMs: null, reminders: [], isPaused: false, invoices: [], told: {} },
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
  else if (step.do === 'expire') expireAtProvider(model, step.at);
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

function addInvoice(model: Model, plan: Plan): void {
  const forPeriod = model.periods + 1;
  model.invoices.push({ plan, forPeriod, state: 'open', paidIdr: 0, boughtIdr: 0, backIdr: 0 });
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
    renew(model, invoice.plan, isSecond, nowMs, rules);
  }
  invoice.backIdr = invoice.paidIdr - invoice.boughtIdr;
}

function renew(model: Model, plan: Plan, isSecond: boolean, nowMs: number, rules: Rules): void {
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
  tell(model, isSecond ? 'renewed_again' : wasActive ? 'renewed' : 'activated');
}

function remindersOf(plan: Plan, untilMs: number, nowMs: number): number[] {
  if (plan === 'daily' && untilMs - nowMs < 2 * DAY) return [untilMs - 3 * HOUR];
  const midnight = Math.floor((untilMs + WIB) / DAY) * DAY - WIB;
  return [3, 2, 1].map((days) => midnight - days * DAY);
}

/** The provider says that an invoice has expired: told only of the one that was asked for last. */
function expireAtProvider(model: Model, at: number): void {
  const invoice = model.invoices[at];
  if (invoice?.state !== 'open') return;
  invoice.state = 'over';
  const isWanted = invoice === newestOf(model) && invoice.forPeriod > model.periods;
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
  Object.assign(model, { state: 'ended', endsMs: null, invoiceEndsMs: null, reminders: [] });
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
