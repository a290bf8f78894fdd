import type { BookingFacts } from '../domain/facts.ts';
import { Document } from './document.tsx';
import type { Look } from './look.ts';
import { isCounting } from './status.ts';
import { clock, idr } from './words.ts';

/**
 * What `/pay/{token}` shows while the provider's page is being opened. Its answer carries a `Refresh`, so
 * that it goes on by itself. Names nobody and links to nothing: this link is only for paying.
 */
export function PayWaitPage({ look, facts }: { look: Look; facts: BookingFacts }) {
  const { business, move } = facts;
  const dueIdr = move ? move.differenceIdr : Math.max(0, facts.amountIdr - facts.paidIdr);
  const until = move ? move.expiresAt : facts.expiresAt;
  return (
    <Document look={look} owner={business} title={look.t('page-pay-wait-title')} secret>
      <section class="headline wait">
        <p class="state">
          <span>{idr(look, dueIdr)}</span>
        </p>
        <h1>{look.t('page-pay-wait-title')}</h1>
        <p>{look.t('page-pay-wait')}</p>
        {until && (
          <p>{look.t('page-pay-wait-safe', { until: clock(look, until, business.timeZone) })}</p>
        )}
        <p>
          <a class="button" href={new URL(facts.paymentUrl).pathname}>
            {look.t('page-pay-wait-again')}
          </a>
        </p>
      </section>
    </Document>
  );
}

/**
 * What `/pay/{token}` shows to who chose a virtual account: its number, the sum, and until when. Names
 * nobody and links to nothing: this link is only for paying.
 */
export function PayTransferPage({ look, facts }: { look: Look; facts: BookingFacts }) {
  const { business, expiresAt, payment } = facts;
  const title = look.t('page-pay-transfer-title', { bank: (payment.va?.bank ?? '').toUpperCase() });
  return (
    <Document look={look} owner={business} title={title} refreshSeconds={10} secret>
      <section class="headline wait">
        <p class="state">
          <span>{idr(look, Math.max(0, facts.amountIdr - facts.paidIdr))}</span>
        </p>
        <h1>{title}</h1>
        <p class="number">
          <strong>{grouped(payment.va?.number ?? '')}</strong>
        </p>
        <p>{look.t('page-pay-transfer')}</p>
        <p>{look.t('page-pay-transfer-for', { code: facts.code })}</p>
        {expiresAt && (
          <p>
            {look.t('page-pay-wait-safe', { until: clock(look, expiresAt, business.timeZone) })}
          </p>
        )}
      </section>
    </Document>
  );
}

/** In fours, as people read a long number aloud; what is copied has no blanks in it. */
function grouped(number: string) {
  return (number.match(/.{1,4}/g) ?? []).map((four, at) => (
    <span key={`${at} ${four}`}>{four}</span>
  ));
}

/** What `/pay/{token}?returned` shows until the provider's word is here and what follows is decided. */
export function PayCheckingPage({ look, facts }: { look: Look; facts: BookingFacts }) {
  const title = look.t('page-checking-title');
  const isHere = isCounting(facts);
  return (
    <Document look={look} owner={facts.business} title={title} secret>
      <section class="headline wait">
        <h1>{title}</h1>
        <p>{look.t(isHere ? 'page-news-checking' : 'page-checking')}</p>
        {!isHere && (
          <p>
            <a class="button" href={new URL(facts.paymentUrl).pathname}>
              {look.t('page-pay-wait-again')}
            </a>
          </p>
        )}
      </section>
    </Document>
  );
}

/**
 * What `/pay/{token}` says when there is nothing to pay (any more), and why. It does not lead to the
 * booking: who was asked to pay for somebody need not see it.
 */
export function PayOverPage({ look, facts }: { look: Look; facts: BookingFacts }) {
  const { business, state } = facts;
  const title = look.t('page-pay-over-title', { state });
  const good = ['paid', 'completed'].includes(state);
  return (
    <Document look={look} owner={business} title={title} secret>
      <section class={`headline ${good ? 'good' : 'bad'}`}>
        <p class="state">
          <span>{look.t('say-state', { state })}</span>
        </p>
        <h1>{title}</h1>
        <p>{look.t('page-pay-over', { state })}</p>
      </section>
    </Document>
  );
}
