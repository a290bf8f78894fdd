import type { BookingFacts } from '../domain/facts.ts';
import { Document, toHtml } from './document.tsx';
import type { Look } from './look.ts';
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

/** The page as text. */
export function payWaitPage(look: Look, facts: BookingFacts): string {
  return toHtml(<PayWaitPage look={look} facts={facts} />);
}
