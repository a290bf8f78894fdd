import type { WhoFacts } from './booking.ts';
import { Document } from './document.tsx';
import { Field, Mistakes } from './field.tsx';
import type { Look } from './look.ts';
import { Member } from './member.tsx';
import { Parts } from './parts.tsx';
import { RefusedNotice } from './refused.tsx';
import { dayPriceIdr } from './shop.ts';
import { Steps } from './steps.tsx';
import { day, hour, idr } from './words.ts';

/** The second step: who comes and how they are reached. What was typed is always kept. */
export function WhoPage({ look, who }: { look: Look; who: WhoFacts }) {
  const { owner } = who.shop;
  const permit = owner.kind === 'permit';
  const title = look.t('page-who-title', { kind: owner.kind });
  const wrong = who.form.mistakes.length > 0 || who.refused !== undefined;
  return (
    <Document
      look={look}
      owner={owner}
      title={wrong ? look.t('page-wrong-title', { title }) : title}
      heading={title}
      islands={['form']}
    >
      <Steps look={look} kind={owner.kind} at={2} />
      <form
        id="party"
        method="post"
        action={`/${owner.business}/book`}
        noValidate
        data-price-local={dayPriceIdr(who.ware, who.date, 'local')}
        data-price-foreign={dayPriceIdr(who.ware, who.date, 'foreign')}
        data-places={permit ? 0 : 1}
      >
        {/* Pressing Enter presses a form's first button: that is to be the harmless one. */}
        <Send look={look} who={who} first />
        <Mistakes look={look} form={who.form} />
        <RefusedNotice look={look} who={who} />
        <Chosen look={look} who={who} />
        <Hidden who={who} />
        {permit ? <Party look={look} who={who} /> : <Parts look={look} who={who} />}
        <Contact look={look} who={who} />
        <Total look={look} who={who} />
        <Send look={look} who={who} />
      </form>
    </Document>
  );
}

function Chosen({ look, who }: { look: Look; who: WhoFacts }) {
  const { shop, ware, date, time, quantity } = who;
  const local = dayPriceIdr(ware, date, 'local');
  const foreign = dayPriceIdr(ware, date, 'foreign');
  const permit = shop.owner.kind === 'permit';
  const query = new URLSearchParams({ offering: ware.offeringId, date });
  if (permit) query.set('quantity', String(quantity));
  return (
    <section class="card chosen">
      <h2>
        {ware.name} <small>{day(look, date)}</small>
      </h2>
      <p>
        {time
          ? look.t('page-chosen-hour', { time: hour(look, time) })
          : look.t('page-chosen-party', { quantity })}
        {permit && ` · ${look.t('page-each', { amountIdr: local })}`}
        {permit && foreign !== local && ` · ${look.t('page-each-foreign', { amountIdr: foreign })}`}
      </p>
      <a href={`/${shop.owner.business}/book?${query}&change=1`}>{look.t('page-change')}</a>
      {shop.chatUrl && time && (
        <>
          {' · '}
          <a href={`/${shop.owner.business}/chat?${query}&time=${time}`} rel="nofollow noreferrer">
            {look.t('page-carry')}
          </a>
        </>
      )}
    </section>
  );
}

function Hidden({ who }: { who: WhoFacts }) {
  const values = {
    offering: who.ware.offeringId,
    date: who.date,
    ...(who.time && { time: who.time }),
    quantity: String(who.quantity),
    key: who.key,
    formToken: who.formToken,
  };
  return Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}

function Party({ look, who }: { look: Look; who: WhoFacts }) {
  const { quantity, shop } = who;
  return (
    <>
      {Array.from({ length: quantity }, (_, at) => (
        <Member key={at} look={look} form={who.form} at={at} today={shop.today} />
      ))}
      <p class="resize">
        {quantity < shop.rules.maxParty && (
          <button type="submit" class="secondary outline" name="resize" value={quantity + 1}>
            {look.t('page-member-add')}
          </button>
        )}
        {quantity > 1 && (
          <button type="submit" class="secondary outline" name="resize" value={quantity - 1}>
            {look.t('page-member-remove', { seat: quantity })}
          </button>
        )}
      </p>
    </>
  );
}

function Contact({ look, who: { form, shop } }: { look: Look; who: WhoFacts }) {
  return (
    <fieldset class="card">
      <legend>{look.t('page-contact-title')}</legend>
      <Field
        form={form}
        name="name"
        label={look.t('page-field-name')}
        autocomplete="name"
        maxLength={200}
      />
      <div class="pair">
        <Field
          form={form}
          name="email"
          type="email"
          inputMode="email"
          label={look.t('page-field-email')}
          hint={look.t('page-field-email-hint', { kind: shop.owner.kind })}
          autocomplete="email"
          autocapitalize="none"
        />
        <Field
          form={form}
          name="phone"
          type="tel"
          inputMode="tel"
          label={look.t('page-field-phone')}
          hint={look.t('page-field-phone-hint')}
          autocomplete="tel"
        />
      </div>
    </fieldset>
  );
}

/** Added up by the island; without script the next page says it before anything is paid. */
function Total({ look, who }: { look: Look; who: WhoFacts }) {
  return (
    <p class="total" hidden data-total="">
      {look.t('page-total')} <output for="party">{idr(look, 0)}</output>
      <small>{look.t('page-total-hint', { minutes: who.shop.rules.holdMinutes })}</small>
    </p>
  );
}

/** Books, or joins the line where the day is full; a closed day has neither. */
function Send({ look, who, first = false }: { look: Look; who: WhoFacts; first?: boolean }) {
  if (who.refused === 'closed' || who.refused === 'too-late') return null;
  const full = who.refused === 'sold-out';
  const hidden = first && { class: 'unseen', tabIndex: -1, 'aria-hidden': 'true' as const };
  const line = full && { formAction: `/${who.shop.owner.business}/wait` };
  const label = full ? 'page-join-line' : 'page-hold';
  return (
    <>
      <button type="submit" {...line} {...hidden}>
        {look.t(label, { kind: who.shop.owner.kind })}
      </button>
      {!first && full && (
        <button type="submit" class="secondary outline">
          {look.t('page-hold-again')}
        </button>
      )}
      {!first && !full && (
        <p>
          <small>{look.t('page-hold-hint', { minutes: who.shop.rules.holdMinutes })}</small>
        </p>
      )}
    </>
  );
}
