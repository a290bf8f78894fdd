import type { SubscriptionFacts } from '../domain/facts.ts';
import { givenBack, isUncounted } from '../domain/invoice.ts';
import { Document } from './document.tsx';
import type { Look } from './look.ts';
import type { Tone } from './notice.tsx';
import { moment } from './words.ts';

/** What the link of an invoice shows where it does not lead on to the provider's page. */
export interface InvoiceShown {
  facts: SubscriptionFacts;
  /** Which invoice the link is of. */
  attempt: number;
  /** Its page is being opened; the customer comes back from that page; or nothing is to be paid. */
  way: 'wait' | 'returned' | 'over';
  /** The page of the subscription, for a browser that has opened it before. */
  pagePath?: string | undefined;
  chatUrl?: string | undefined;
}

type Stand =
  | 'rehearsed'
  | 'wait'
  | 'returned'
  | 'checking'
  | 'paid'
  | 'back'
  | 'active'
  | 'pending'
  | 'ended';

const TONES: Partial<Record<Stand, Tone>> = { paid: 'good', ended: 'bad', back: 'plain' };

/**
 * What an invoice's link says of that very invoice. It leads to the subscription only who has been there:
 * who pays for a base need not be its owner.
 */
export function InvoicePage({ look, shown }: { look: Look; shown: InvoiceShown }) {
  const { facts, attempt } = shown;
  const { base, business, activeUntil } = facts;
  const stand = standOf(shown);
  const title = look.t(`page-invoice-${stand}-title`, { base });
  const bought = facts.periods.find((period) => period.attempt === attempt);
  const instant = (at: Date | null | undefined) => (at ? moment(look, at, business.timeZone) : '');
  return (
    <Document look={look} owner={business} title={title} secret>
      <section class={`headline ${TONES[stand] ?? 'wait'}`}>
        <h1>{title}</h1>
        <p>{look.t(`page-invoice-${stand}`, { base, to: instant(bought?.to) })}</p>
        {facts.state === 'active' && (stand === 'paid' || stand === 'active') && (
          <p>{look.t('page-invoice-until', { base, until: instant(activeUntil) })}</p>
        )}
        {['active', 'pending', 'ended'].includes(stand) && <p>{look.t('page-invoice-new')}</p>}
        <Ways look={look} shown={shown} stand={stand} />
      </section>
    </Document>
  );
}

function standOf({ facts, attempt, way }: InvoiceShown): Stand {
  if (facts.isRehearsal) return 'rehearsed';
  if (way !== 'over') return way;
  if (givenBack(facts, attempt)?.isAll) return 'back';
  if (isUncounted(facts, attempt)) return 'checking';
  const isPaid = facts.periods.some((period) => period.attempt === attempt);
  return isPaid ? 'paid' : facts.state;
}

/** Where it goes on: to pay, to the subscription, to the chat. */
function Ways({ look, shown, stand }: { look: Look; shown: InvoiceShown; stand: Stand }) {
  const { facts, attempt, pagePath, chatUrl } = shown;
  if (stand === 'rehearsed' || stand === 'wait' || stand === 'checking') return null;
  const invoice = facts.invoices.find((one) => one.attempt === attempt);
  return (
    <>
      {stand === 'returned' && invoice && (
        <p>
          <a class="button pay" href={new URL(invoice.paymentUrl).pathname}>
            {look.t('page-pay', { amountIdr: invoice.amountIdr })}
          </a>
        </p>
      )}
      {pagePath ? (
        <p>
          <a href={pagePath}>{look.t('page-invoice-page')}</a>
        </p>
      ) : (
        <p>{look.t('page-invoice-where')}</p>
      )}
      {chatUrl && (
        <p>
          <a href={chatUrl} rel="noreferrer">
            {look.t('page-invoice-chat')}
          </a>
        </p>
      )}
    </>
  );
}
