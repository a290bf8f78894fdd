import type { BookingFacts } from '../domain/facts.ts';
import { Document } from './document.tsx';
import type { Look } from './look.ts';

/**
 * What the link to a booking's tickets or receipt says when there are none. Who has that link has the
 * booking's, and is led there.
 */
export function PapersPage({ look, facts }: { look: Look; facts: BookingFacts }) {
  const { business, code, issuing } = facts;
  const state = issuing ? 'issuing' : facts.state;
  const title = look.t('page-papers-title', { state });
  const isWaiting = ['issuing', 'held', 'review'].includes(state);
  return (
    <Document look={look} owner={business} title={title} secret>
      <section class={`headline ${isWaiting ? 'wait' : 'plain'}`}>
        <h1>{title}</h1>
        <p>{look.t('page-papers', { state, code })}</p>
        <p>
          <a class="button" href={new URL(facts.statusUrl).pathname}>
            {look.t('page-papers-booking')}
          </a>
        </p>
      </section>
    </Document>
  );
}
