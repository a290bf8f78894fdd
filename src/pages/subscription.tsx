import type { InvoiceFacts, SubscriptionFacts } from '../domain/facts.ts';
import { givenBack, isUncounted } from '../domain/invoice.ts';
import { refundTotal } from '../domain/refund.ts';
import { Document } from './document.tsx';
import type { Look } from './look.ts';
import { Notice, type Tone } from './notice.tsx';
import { idr, moment } from './words.ts';

/** What the page of a subscription shows beside its facts. */
export interface SubscriptionShown {
  facts: SubscriptionFacts;
  version: number;
  /** Where the page is: its own path, without host. */
  path: string;
  plans: { id: string; name: string; lang: string; priceIdr: number; periodDays: number | null }[];
  formToken: string;
  /** Whether a press came from a form that is too old. */
  isStale: boolean;
  /** Whether the customer comes from the provider's page just now. */
  returned: boolean;
}

const TONES: Record<SubscriptionFacts['state'], Tone> = {
  pending: 'wait',
  active: 'good',
  ended: 'bad',
};

/** Without script the page looks again by itself this often while money may come. */
const REFRESH_SECONDS = 10;

/** A subscription as its owner sees it: until when it is active, and how it goes on. */
export function SubscriptionPage({ look, shown }: { look: Look; shown: SubscriptionShown }) {
  const { facts } = shown;
  const state = look.t(`page-plan-state-${facts.state}`);
  return (
    <Document
      look={look}
      owner={facts.business}
      title={`${state} · ${facts.base}`}
      refreshSeconds={facts.state === 'ended' ? undefined : REFRESH_SECONDS}
      islands={['live']}
      secret
    >
      {shown.isStale && (
        <Notice
          tone="wait"
          focus
          title={look.t('page-status-stale-title')}
          text={look.t('page-status-stale')}
        />
      )}
      <div
        id="status"
        data-live={`${shown.path}/events`}
        data-version={shown.version}
        data-now={look.now.getTime()}
      >
        {facts.isRehearsal && (
          <Notice tone="plain" title={look.t('plan-rehearsal')} text={look.t('page-plan-twin')} />
        )}
        <Checking look={look} shown={shown} />
        <Headline look={look} facts={facts} />
        <Renew look={look} shown={shown} />
        <History look={look} shown={shown} />
        <p class="secret">
          <small>{look.t('page-plan-secret')}</small>
        </p>
      </div>
      <p class="unseen" role="status" id="said" />
    </Document>
  );
}

/** Paid, and not decided yet; or back from the provider before its word is here. */
function Checking({ look, shown: { facts, returned } }: { look: Look; shown: SubscriptionShown }) {
  const isHere = facts.invoices.some(({ attempt }) => isUncounted(facts, attempt));
  if (!isHere && !(returned && openInvoice(facts))) return null;
  const text = look.t(isHere ? 'page-news-checking' : 'page-checking');
  return <Notice tone="wait" title={look.t('page-checking-title')} text={text} />;
}

const openInvoice = ({ invoices, isRehearsal }: SubscriptionFacts) =>
  isRehearsal ? undefined : invoices.find(({ state }) => state === 'new' || state === 'pending');

function Headline({ look, facts }: { look: Look; facts: SubscriptionFacts }) {
  const { activeUntil, state, business } = facts;
  const open = openInvoice(facts);
  const until = activeUntil ? moment(look, activeUntil, business.timeZone) : '';
  const refund = refundTotal(facts.refunds);
  return (
    <section class={`headline ${TONES[state]}`}>
      <p class="state">
        <span>{look.t(`page-plan-state-${state}`)}</span>
      </p>
      <h1>{facts.base}</h1>
      <p>
        {look.t(`page-plan-${activeUntil ? state : 'never'}`, { until, plan: facts.plan.name })}
      </p>
      {facts.nextPlan && <p>{look.t('page-plan-next', { plan: facts.nextPlan.name })}</p>}
      {facts.remindersPaused && state === 'active' && <p>{look.t('page-plan-paused')}</p>}
      {refund && (
        <p>
          {look.t('page-plan-refund', {
            amount: idr(look, refund.amountIdr),
            refund: refund.state,
          })}
        </p>
      )}
      {open && (
        <p>
          <a class="button pay" href={new URL(open.paymentUrl).pathname}>
            {look.t('page-pay', { amountIdr: open.amountIdr })}
          </a>
        </p>
      )}
    </section>
  );
}

/** The next period, with any plan: it begins where the present one ends. */
function Renew({ look, shown }: { look: Look; shown: SubscriptionShown }) {
  const { facts, plans } = shown;
  if (facts.state === 'pending' || facts.isRehearsal) return null;
  const next = (facts.nextPlan ?? facts.plan).id;
  return (
    <section class="card" aria-labelledby="renew">
      <h2 id="renew">
        {look.t(facts.state === 'active' ? 'page-plan-extend' : 'page-plan-again')}
      </h2>
      <form method="post" action={`${shown.path}/renew`}>
        <input type="hidden" name="formToken" value={shown.formToken} />
        <fieldset class="choices">
          <legend>{look.t('plan-plan')}</legend>
          {plans.map((plan) => (
            <label key={plan.id} class="choice plan">
              <input type="radio" name="plan" value={plan.id} checked={plan.id === next} />
              <span>
                <span>
                  <strong lang={plan.lang}>{plan.name}</strong>
                  {plan.periodDays && (
                    <small> · {look.t('say-days', { days: plan.periodDays })}</small>
                  )}
                </span>
                <small>{idr(look, plan.priceIdr)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p>
          {/* What is open is to be paid first: then only that button is loud. */}
          <button type="submit" class={openInvoice(facts) ? 'outline' : undefined}>
            {look.t('page-plan-renew')}
          </button>
        </p>
      </form>
    </section>
  );
}

/** What was paid, newest first: until when, what of it went back, and its receipt. */
function History({ look, shown }: { look: Look; shown: SubscriptionShown }) {
  const { facts } = shown;
  const bought = new Map(facts.periods.map((period) => [period.attempt, period]));
  const paid = facts.invoices.filter(
    ({ attempt }) => bought.has(attempt) || givenBack(facts, attempt),
  );
  if (paid.length === 0) return null;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{look.t('page-plan-history')}</h2>
      {paid.map((invoice) => (
        <Paid
          key={invoice.attempt}
          look={look}
          shown={shown}
          invoice={invoice}
          period={bought.get(invoice.attempt)}
        />
      ))}
    </section>
  );
}

function Paid({
  look,
  shown: { facts, path },
  invoice,
  period,
}: {
  look: Look;
  shown: SubscriptionShown;
  invoice: InvoiceFacts;
  period: SubscriptionFacts['periods'][number] | undefined;
}) {
  const { timeZone } = facts.business;
  const paidAt = period?.paidAt ?? invoice.paidAt;
  const back = givenBack(facts, invoice.attempt);
  return (
    <p>
      <strong>{idr(look, invoice.paidIdr)}</strong>
      {paidAt && ' · '}
      {paidAt && <time dateTime={paidAt.toISOString()}>{moment(look, paidAt, timeZone)}</time>}
      <br />
      {back && (
        <>
          <mark class="back">
            {look.t('page-plan-refund', {
              amount: idr(look, back.amountIdr),
              refund: back.state,
            })}
          </mark>
          <br />
        </>
      )}
      {period && (
        <>
          <small>{look.t('page-plan-until', { until: moment(look, period.to, timeZone) })}</small>
          {' · '}
          <a href={`${path}/receipts/${invoice.attempt}.pdf`}>{look.t('page-plan-receipt')}</a>
        </>
      )}
    </p>
  );
}
