import { addDays, daysBetween } from '../domain/calendar.ts';
import { DayStrip } from './days.tsx';
import { Document } from './document.tsx';
import type { Look } from './look.ts';
import { Catalogue, Hours, Plans, Prices } from './prices.tsx';
import { RuleList } from './rules.tsx';
import { type DayOfWare, daysOf, fromPriceIdr, nextFree, type Shop, type Ware } from './shop.ts';
import { hour, idr, shortDay, weekday } from './words.ts';

/** How many days ahead the front of a business shows; the rest is one step further. */
const DAYS_SHOWN = 14;

/** What a business sells: prices, today's rule, and what is left of the next days. */
export function StorefrontPage({ look, shop }: { look: Look; shop: Shop }) {
  const { owner } = shop;
  return (
    <Document
      look={look}
      owner={owner}
      title={look.t('page-kind', { kind: owner.kind })}
      heading={owner.name}
      lead={<span lang={shop.lang ?? 'id'}>{shop.about}</span>}
    >
      {owner.kind === 'permit' && <Trails look={look} shop={shop} />}
      {owner.kind === 'appointment' && <Repairs look={look} shop={shop} />}
      {owner.kind === 'plan' && <Plans look={look} shop={shop} />}
      {owner.kind !== 'plan' && <RuleList look={look} shop={shop} />}
    </Document>
  );
}

function Trails({ look, shop }: { look: Look; shop: Shop }) {
  return (
    <div class="wares">
      {shop.offerings.map((ware) => (
        <section key={ware.offeringId} class="card ware" id={ware.offeringId}>
          <header>
            <h2>{ware.name}</h2>
            <p class="price">
              {look.t('page-price-from')} <strong>{idr(look, fromPriceIdr(ware))}</strong>
            </p>
          </header>
          {ware.about && <p lang={ware.lang ?? 'id'}>{ware.about}</p>}
          <Today look={look} day={daysOf(ware, [shop.today])[0]!} />
          <Prices look={look} ware={ware} />
          <h3>{look.t('page-next-days')}</h3>
          <NextDays look={look} shop={shop} ware={ware} unit="place" />
          <a class="button" href={bookUrl(shop, ware)}>
            {look.t('page-book-ware', { offering: ware.name })}
          </a>
        </section>
      ))}
    </div>
  );
}

function Repairs({ look, shop }: { look: Look; shop: Shop }) {
  return (
    <div class="wares">
      {shop.offerings.map((ware) => (
        <section key={ware.offeringId} class="card ware wide" id={ware.offeringId}>
          <h2>{ware.name}</h2>
          {ware.about && <p lang={ware.lang ?? 'id'}>{ware.about}</p>}
          <Reserve look={look} shop={shop} ware={ware} />
          <h3>{look.t('page-next-hours')}</h3>
          <NextHours look={look} shop={shop} ware={ware} />
          <div class="catalogue">
            <Catalogue look={look} ware={ware} />
            {shop.hours && <Hours look={look} hours={shop.hours} />}
          </div>
          <h3>{look.t('page-next-days')}</h3>
          <NextDays look={look} shop={shop} ware={ware} unit="hour" />
        </section>
      ))}
    </div>
  );
}

/** How many free hours the front of a shop shows. */
const HOURS_SHOWN = 6;

function NextHours({ look, shop, ware }: { look: Look; shop: Shop; ware: Ware }) {
  const free = nextFree(ware, HOURS_SHOWN);
  if (free.length === 0) return <p>{look.t('page-next-hours-none')}</p>;
  return (
    <ul class="hours-free">
      {free.map(({ date, time }) => (
        <li key={`${date} ${time}`}>
          <a href={`${bookUrl(shop, ware)}&date=${date}&time=${time}`}>
            <span>
              {weekday(look, date)} {shortDay(look, date)}
            </span>{' '}
            <strong>{hour(look, time!)}</strong>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Into the chat where the shop has a bot; on these pages for who has no Telegram. */
function Reserve({ look, shop, ware }: { look: Look; shop: Shop; ware: Ware }) {
  if (!shop.chatUrl) {
    return (
      <a class="button" href={bookUrl(shop, ware)}>
        {look.t('page-reserve')}
      </a>
    );
  }
  return (
    <p class="reserve">
      <a class="button" href={shop.chatUrl} rel="noreferrer">
        {look.t('page-reserve')}
      </a>{' '}
      <a href={bookUrl(shop, ware)}>{look.t('page-reserve-here')}</a>
    </p>
  );
}

/** Whether one may come today, said in words: it is what people look for first. */
function Today({ look, day }: { look: Look; day: DayOfWare }) {
  const text = look.t(`page-today-${day.state}`, { left: day.left });
  return (
    <p class={`today ${day.state}`}>
      {text} {day.reason && <span lang="id">{day.reason}</span>}
    </p>
  );
}

function NextDays({
  look,
  shop,
  ware,
  unit,
}: {
  look: Look;
  shop: Shop;
  ware: Ware;
  unit: 'place' | 'hour';
}) {
  const last = addDays(shop.today, Math.min(DAYS_SHOWN - 1, shop.rules.maxDaysAhead));
  const days = daysOf(ware, daysBetween(shop.today, last));
  const hrefOf = (date: string) => `${bookUrl(shop, ware)}&date=${date}`;
  return <DayStrip look={look} days={days} unit={unit} hrefOf={hrefOf} />;
}

function bookUrl(shop: Shop, ware: Ware): string {
  return `/${shop.owner.business}/book?offering=${ware.offeringId}`;
}
