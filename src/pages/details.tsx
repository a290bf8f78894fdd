import type { ComponentChildren } from 'preact';
import type { BookingFacts } from '../domain/facts.ts';
import type { Look } from './look.ts';
import { day, hour, idr, moment } from './words.ts';

/** What was booked, for whom and for how much. */
export function Details({ look, facts }: { look: Look; facts: BookingFacts }) {
  const { t } = look;
  const zone = facts.business.timeZone;
  const when = facts.time
    ? `${day(look, facts.date)}, ${hour(look, facts.time)}`
    : day(look, facts.date);
  return (
    <section class="card">
      <h2>{t('page-details', { kind: facts.kind })}</h2>
      <dl class="facts">
        <Fact name={t('notice-code')}>
          <strong class="code">{facts.code}</strong>
        </Fact>
        <Fact name={t('say-offering', { kind: facts.kind })}>{facts.offering.name}</Fact>
        <Fact name={t('notice-day')}>{when}</Fact>
        {facts.kind === 'permit' && (
          <Fact name={t('notice-party')}>
            {t('say-party', { kind: facts.kind, quantity: facts.quantity })}
          </Fact>
        )}
        {facts.options.map(({ name, priceIdr }) => (
          <Fact key={name} name={<span lang="id">{name}</span>}>
            {idr(look, priceIdr)}
          </Fact>
        ))}
        <Fact name={t('page-customer')}>
          <bdi>{facts.customer.name}</bdi>
        </Fact>
        <Fact name={t('notice-amount')}>{idr(look, facts.amountIdr)}</Fact>
        {facts.paidIdr > 0 && <Fact name={t('notice-paid')}>{idr(look, facts.paidIdr)}</Fact>}
        {facts.payment.method && (
          <Fact name={t(facts.paidAt ? 'receipt-method' : 'page-method')}>
            {t('say-method', { method: facts.payment.method })}
          </Fact>
        )}
        {facts.paidAt && (
          <Fact name={t('receipt-paid-at')}>{moment(look, facts.paidAt, zone)}</Fact>
        )}
        {facts.refund && (
          <Fact name={t('notice-refund')}>
            {idr(look, facts.refund.amountIdr)} ({t('say-refund', { refund: facts.refund.state })})
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: ComponentChildren; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
