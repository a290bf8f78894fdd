import { maskedEmail } from '../domain/identity.ts';
import { Details } from './details.tsx';
import { Document } from './document.tsx';
import type { Look, Owner } from './look.ts';
import { Manage } from './manage.tsx';
import { newsArgs, newsOf } from './news.ts';
import { Notice } from './notice.tsx';
import { Repair } from './repair.tsx';
import { isCounting, isLively, type Status } from './status.ts';
import { Downloads, Tickets } from './tickets.tsx';
import { clock, day, hour, idr, moment, paragraphs } from './words.ts';

/** Without script the page looks again by itself this often, while something may change. */
const REFRESH_SECONDS = 10;

/** A booking as its customer sees it: what happened and what to do stand first. */
export function StatusPage({ look, status }: { look: Look; status: Status }) {
  const { facts } = status;
  const lively = isLively(facts);
  // Their day is closed: what to do about it comes first, and tickets that open no gate stay away.
  const closed = facts.state === 'paid' && status.closure?.booked === 'reschedule';
  const stateWords = stateOf(look, status);
  return (
    <Document
      look={look}
      owner={ownerOf(status)}
      title={`${stateWords} · ${facts.code}`}
      refreshSeconds={lively ? REFRESH_SECONDS : undefined}
      islands={['live']}
      secret
    >
      {status.refused && (
        <Notice
          tone={status.refused === 'stale' || status.refused === 'unavailable' ? 'wait' : 'bad'}
          focus
          title={look.t(`page-status-${status.refused}-title`)}
          text={look.t(`page-status-${status.refused}`)}
        />
      )}
      <div
        id="status"
        data-live={`${status.path}/events`}
        data-version={status.version}
        data-now={look.now.getTime()}
      >
        <Checking look={look} status={status} />
        <Headline look={look} status={status} />
        <MoveWaits look={look} status={status} />
        <Extra look={look} status={status} />
        {closed && <Manage look={look} status={status} />}
        {!closed && <Tickets look={look} facts={facts} />}
        <Repair look={look} status={status} />
        <Details look={look} facts={facts} />
        {!closed && <Manage look={look} status={status} />}
        <p class="secret">
          <small>{look.t('page-secret-link', { kind: facts.kind })}</small>
        </p>
      </div>
      <p class="unseen" role="status" id="said" />
    </Document>
  );
}

/** Back from the provider before its word is here: nobody is to think that the payment was lost. */
function Checking({ look, status: { facts, returned } }: { look: Look; status: Status }) {
  if (!returned || facts.state !== 'held' || facts.payment.state !== 'pending') return null;
  if (isCounting(facts)) return null;
  return (
    <Notice tone="wait" title={look.t('page-checking-title')} text={look.t('page-checking')} />
  );
}

/** The state in a word or two; nobody who has paid is asked to wait for a payment. */
function stateOf(look: Look, { facts }: Status): string {
  const { state } = facts;
  return isCounting(facts) ? look.t('page-state-checking') : look.t('say-state', { state });
}

function ownerOf({ facts }: Status): Owner {
  return facts.business;
}

function Headline({ look, status }: { look: Look; status: Status }) {
  const { facts, closure } = status;
  const news = newsOf(look, status);
  return (
    <section class={`headline ${news.tone}`}>
      <p class="state">
        <span>{stateOf(look, status)}</span>
      </p>
      <h1>{news.title}</h1>
      {facts.state === 'paid' && !facts.issuing && !closure && (
        <Downloads look={look} status={status} />
      )}
      {facts.state === 'held' && !isCounting(facts) && <PayUntil look={look} status={status} />}
      {paragraphs(news.text).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {closure && (
        <p>
          {look.t('page-reason')} <span lang="id">{closure.reason}</span>
        </p>
      )}
      {facts.state === 'completed' && <Downloads look={look} status={status} />}
      {facts.state === 'held' && <WayBack look={look} status={status} />}
      <Again look={look} status={status} />
    </section>
  );
}

/** The end of the hold as an instant; with script it counts down beside it. */
function PayUntil({ look, status }: { look: Look; status: Status }) {
  const { facts, payPath } = status;
  const again = facts.payment.state === 'denied';
  const dueIdr = facts.amountIdr - facts.paidIdr;
  return (
    <>
      {facts.expiresAt && (
        <p class="until">
          {look.t('page-held-until')}{' '}
          <time dateTime={facts.expiresAt.toISOString()}>
            {moment(look, facts.expiresAt, facts.business.timeZone)}
          </time>
          <span class="countdown" data-until={facts.expiresAt.getTime()} aria-hidden="true" />
        </p>
      )}
      <p>
        <a class="button pay" href={payPath}>
          {look.t(again ? 'page-pay-again' : 'page-pay', { amountIdr: dueIdr })}
        </a>
      </p>
    </>
  );
}

/** How who closes this page comes to it again: by a mail, or else only by what they keep of it. */
function WayBack({ look, status: { facts } }: { look: Look; status: Status }) {
  const { customer, business, code, kind } = facts;
  if (customer.email) {
    const to = maskedEmail(customer.email);
    return <p class="way-back">{look.t('page-way-back-mailed', { to })}</p>;
  }
  const known = customer.phone ? 'phone' : 'chat';
  return (
    <p class="way-back">
      {look.t('page-way-back-kept', { known, kind, code, business: business.name })}
    </p>
  );
}

const OVER: readonly string[] = ['expired', 'cancelled', 'refund_due', 'refunded'];

/** What is over can be wished for again, with what was chosen before. */
function Again({ look, status: { facts } }: { look: Look; status: Status }) {
  if (!OVER.includes(facts.state)) return null;
  const query = new URLSearchParams({ offering: facts.offering.id, date: facts.date });
  if (facts.time) query.set('time', facts.time);
  else query.set('quantity', String(facts.quantity));
  query.set('again', facts.code);
  return (
    <p>
      <a class="button" href={`/${facts.business.business}/book?${query}`}>
        {look.t('page-book-again')}
      </a>
    </p>
  );
}

/** A dearer date that waits for its difference. */
function MoveWaits({ look, status }: { look: Look; status: Status }) {
  const { move, business } = status.facts;
  if (!move) return null;
  const when = move.time
    ? `${day(look, move.date)}, ${hour(look, move.time)}`
    : day(look, move.date);
  const until = clock(look, move.expiresAt, business.timeZone);
  return (
    <Notice
      tone="wait"
      title={look.t('page-move-waits-title')}
      text={look.t('page-move-waits', { when, amountIdr: move.differenceIdr, until })}
    >
      <p>
        <a class="button pay" href={status.payPath}>
          {look.t('page-pay', { amountIdr: move.differenceIdr })}
        </a>
      </p>
    </Notice>
  );
}

/** Money beside the price of a booking that stands: too much came, or some of it goes back. */
function Extra({ look, status }: { look: Look; status: Status }) {
  const { facts } = status;
  if (!['paid', 'completed'].includes(facts.state)) return null;
  const args = newsArgs(look, status);
  if (facts.refund) {
    const title = look.t('page-refund-title', { refund: facts.refund.state });
    return <Notice tone="plain" title={title} text={look.t('notice-money', args)} />;
  }
  if (facts.paidIdr <= facts.amountIdr) return null;
  return (
    <Notice
      tone="wait"
      title={look.t('page-overpaid-title', { amount: idr(look, facts.paidIdr - facts.amountIdr) })}
      text={look.t('page-overpaid', args)}
    />
  );
}
