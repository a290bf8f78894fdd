import type { SubscriptionFacts } from '../domain/facts.ts';
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
  plans: { id: string; name: string; priceIdr: number }[];
  formToken: string;
  /** Whether a press came from a form that is too old. */
  isStale: boolean;
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

function Headline({ look, facts }: { look: Look; facts: SubscriptionFacts }) {
  const { activeUntil, state, business } = facts;
  const open = facts.invoices.find((one) => one.state === 'new' || one.state === 'pending');
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
      {open && !facts.isRehearsal && (
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
            <label key={plan.id} class="choice">
              <input type="radio" name="plan" value={plan.id} checked={plan.id === facts.plan.id} />
              <span>
                <strong lang="id">{plan.name}</strong>
                <small>{idr(look, plan.priceIdr)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p>
          <button type="submit">{look.t('page-plan-renew')}</button>
        </p>
      </form>
    </section>
  );
}

/** What was paid, newest first, each with its receipt. */
function History({ look, shown }: { look: Look; shown: SubscriptionShown }) {
  const { facts, path } = shown;
  if (facts.periods.length === 0) return null;
  const { timeZone } = facts.business;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{look.t('page-plan-history')}</h2>
      {facts.periods.map((period) => (
        <p key={period.attempt}>
          <strong>{idr(look, period.amountIdr)}</strong>
          {' · '}
          <time dateTime={period.paidAt.toISOString()}>
            {moment(look, period.paidAt, timeZone)}
          </time>
          <br />
          <small>{look.t('page-plan-until', { until: moment(look, period.to, timeZone) })}</small>
          {' · '}
          <a href={`${path}/receipts/${period.attempt}.pdf`}>{look.t('page-plan-receipt')}</a>
        </p>
      ))}
    </section>
  );
}
