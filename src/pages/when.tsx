import { addDays, daysBetween } from '../domain/calendar.ts';
import type { WhenFacts } from './booking.ts';
import { Months } from './days.tsx';
import { Document } from './document.tsx';
import { Field, Mistakes } from './field.tsx';
import type { Look } from './look.ts';
import { daysOf, fromPriceIdr, type Ware } from './shop.ts';
import { Steps } from './steps.tsx';
import { day, hour, idr } from './words.ts';

/** The first step of booking: what, when, how many. A form and links; nothing is sent yet. */
export function WhenPage({ look, when }: { look: Look; when: WhenFacts }) {
  const { owner } = when.shop;
  const title = look.t('page-book-title', { kind: owner.kind });
  const wrong = when.form.mistakes.length > 0;
  return (
    <Document
      look={look}
      owner={owner}
      title={wrong ? look.t('page-wrong-title', { title }) : title}
      heading={title}
    >
      <Steps look={look} kind={owner.kind} at={1} />
      <Mistakes look={look} form={when.form} />
      {owner.kind === 'permit' ? (
        <Party look={look} when={when} />
      ) : (
        <Hour look={look} when={when} />
      )}
    </Document>
  );
}

function Party({ look, when }: { look: Look; when: WhenFacts }) {
  const { shop, form } = when;
  const last = addDays(shop.today, shop.rules.maxDaysAhead);
  return (
    <>
      <form id="when" class="card" method="get" action={`/${shop.owner.business}/book`} noValidate>
        <Wares look={look} when={when} />
        <div class="pair">
          <Field
            form={form}
            name="date"
            type="date"
            label={look.t('page-field-date')}
            min={shop.today}
            max={last}
          />
          <Field
            form={form}
            name="quantity"
            type="number"
            inputMode="numeric"
            label={look.t('page-field-quantity')}
            hint={look.t('page-field-quantity-hint', { most: shop.rules.maxParty })}
            min="1"
            max={String(shop.rules.maxParty)}
          />
        </div>
        <button type="submit">{look.t('page-next')}</button>
      </form>
      {when.ware && <Calendar look={look} when={when} ware={when.ware} unit="place" />}
    </>
  );
}

function Wares({ look, when: { shop, ware, form } }: { look: Look; when: WhenFacts }) {
  const wrong = form.mistakes.find((mistake) => mistake.field === 'offering');
  return (
    <fieldset class="choices" id="offering">
      <legend>{look.t('say-offering', { kind: shop.owner.kind })}</legend>
      {wrong && <small class="wrong">{wrong.text}</small>}
      {shop.offerings.map((one) => (
        <label key={one.offeringId} class="choice">
          <input
            type="radio"
            name="offering"
            value={one.offeringId}
            checked={one.offeringId === ware?.offeringId}
          />
          <span>
            <strong>{one.name}</strong>
            <small>{look.t('page-price-from-short', { amountIdr: fromPriceIdr(one) })}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Calendar({
  look,
  when,
  ware,
  unit,
}: {
  look: Look;
  when: WhenFacts;
  ware: Ware;
  unit: 'place' | 'hour';
}) {
  const { shop, form } = when;
  const last = addDays(shop.today, shop.rules.maxDaysAhead);
  const quantity = form.typed.quantity
    ? `&quantity=${encodeURIComponent(form.typed.quantity)}`
    : '';
  const hrefOf = (date: string) =>
    `/${shop.owner.business}/book?offering=${ware.offeringId}&date=${date}${quantity}`;
  return (
    <section class="card">
      <h2>{look.t('page-calendar', { offering: ware.name, unit })}</h2>
      <p>
        <small>{look.t('page-calendar-hint', { unit })}</small>
      </p>
      <Months
        look={look}
        days={daysOf(ware, daysBetween(shop.today, last))}
        unit={unit}
        hrefOf={hrefOf}
        form={unit === 'place' ? 'when' : undefined}
        chosen={form.typed.date}
      />
    </section>
  );
}

/** An appointment: a day from the calendar, then one of its free hours. */
function Hour({ look, when }: { look: Look; when: WhenFacts }) {
  const { ware, form } = when;
  if (!ware) return null;
  const date = form.typed.date;
  return (
    <>
      {date && <FreeHours look={look} when={when} ware={ware} date={date} />}
      <Calendar look={look} when={when} ware={ware} unit="hour" />
    </>
  );
}

function FreeHours({
  look,
  when,
  ware,
  date,
}: {
  look: Look;
  when: WhenFacts;
  ware: Ware;
  date: string;
}) {
  const slots = ware.slots.filter((slot) => slot.date === date && slot.time && !slot.closed);
  const base = `/${when.shop.owner.business}/book?offering=${ware.offeringId}&date=${date}`;
  return (
    <section class="card" id="time">
      <h2>{look.t('page-hours-of', { day: day(look, date) })}</h2>
      {slots.length === 0 && <p>{look.t('page-hours-none')}</p>}
      <ol class="slots">
        {slots.map((slot) => (
          <li key={slot.time} class={slot.tooLate ? 'closed' : slot.left === 0 ? 'full' : 'open'}>
            {slot.tooLate ? (
              <span class="day">
                {hour(look, slot.time!)} <small>{look.t('page-slot-late')}</small>
              </span>
            ) : (
              <a class="day" href={`${base}&time=${slot.time}`}>
                {hour(look, slot.time!)}{' '}
                <small>{look.t('page-slot-left', { left: slot.left })}</small>
              </a>
            )}
          </li>
        ))}
      </ol>
      {ware.priceIdr > 0 && <p>{idr(look, ware.priceIdr)}</p>}
    </section>
  );
}
