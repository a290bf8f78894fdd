import { WEEKDAYS, type Weekday } from '../domain/price.ts';
import type { Look } from './look.ts';
import { type PriceLine, priceLines, type Shop, type Ware } from './shop.ts';
import { hour, idr, weekday } from './words.ts';

/** What a place costs, by weekday and guest. */
export function Prices({ look, ware }: { look: Look; ware: Ware }) {
  const lines = priceLines(ware);
  const foreignDiffers = lines.some((line) => line.guest === 'foreign');
  return (
    <dl class="prices">
      {lines.map((line) => (
        <div key={`${line.guest} ${line.days}`}>
          <dt>{whoAndWhen(look, line, foreignDiffers)}</dt>
          <dd>{idr(look, line.priceIdr)}</dd>
        </div>
      ))}
    </dl>
  );
}

function whoAndWhen(look: Look, line: PriceLine, byGuest: boolean): string {
  const guest = byGuest ? look.t(`page-guest-${line.guest}`) : '';
  const days = line.days.length > 0 ? runOf(look, line.days) : '';
  if (guest && days) return `${guest}, ${days}`;
  return guest || days || look.t('page-every-day');
}

/** `Sen–Jum`, or `Sen, Rab` when they do not follow each other. */
function runOf(look: Look, days: readonly Weekday[]): string {
  const places = days.map((one) => WEEKDAYS.indexOf(one));
  const inARow = places.every((place, at) => at === 0 || place === places[at - 1]! + 1);
  const names = days.map((one) => nameOf(look, one));
  return inARow && names.length > 2 ? `${names[0]}–${names.at(-1)}` : names.join(', ');
}

function nameOf(look: Look, one: Weekday): string {
  const at = WEEKDAYS.indexOf(one);
  return weekday(look, `2023-01-0${2 + at}`);
}

/** Devices and spare parts with what they cost. */
export function Catalogue({ look, ware }: { look: Look; ware: Ware }) {
  return (
    <>
      {(['device', 'part', 'extra'] as const).map((sort) => {
        const options = ware.options.filter((option) => option.sort === sort);
        if (options.length === 0) return null;
        return (
          <section key={sort}>
            <h3>{look.t(`page-sort-${sort}`)}</h3>
            <dl class="prices">
              {options.map((option) => (
                <div key={option.optionId}>
                  <dt lang={option.lang ?? 'id'}>{option.name}</dt>
                  <dd>{idr(look, option.priceIdr)}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </>
  );
}

/** When the doors are open. */
export function Hours({ look, hours }: { look: Look; hours: NonNullable<Shop['hours']> }) {
  return (
    <section>
      <h3>{look.t('page-hours')}</h3>
      <dl class="prices hours">
        {WEEKDAYS.map((one) => {
          const open = hours[one];
          return (
            <div key={one} class={open ? '' : 'closed'}>
              <dt>{nameOf(look, one)}</dt>
              <dd>
                {open
                  ? `${hour(look, open[0])}–${hour(look, open[1])}`
                  : look.t('page-hours-closed')}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** What a subscription costs. */
export function Plans({ look, shop }: { look: Look; shop: Shop }) {
  return (
    <section class="card ware wide plans">
      <h2>{look.t('page-kind', { kind: 'plan' })}</h2>
      <dl class="prices">
        {shop.offerings.map((plan) => (
          <div key={plan.offeringId}>
            <dt>
              <span lang={plan.lang ?? 'id'}>{plan.name}</span>
              {plan.periodDays && <small> · {look.t('say-days', { days: plan.periodDays })}</small>}
            </dt>
            <dd>{idr(look, plan.priceIdr)}</dd>
          </div>
        ))}
      </dl>
      {shop.chatUrl ? (
        <p class="reserve">
          <a class="button" href={shop.chatUrl} rel="noreferrer">
            {look.t('page-plan-subscribe')}
          </a>
        </p>
      ) : (
        <p>{look.t('page-plan-how', { business: shop.owner.name })}</p>
      )}
    </section>
  );
}
