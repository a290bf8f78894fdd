import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogPage } from '../../src/bot/catalog.ts';
import {
  afterRefusal,
  type Form,
  move,
  openForm,
  STEPS,
  type Step,
  withWish,
} from '../../src/bot/form.ts';
import { screenOf } from '../../src/bot/screens.ts';
import type { Shop } from '../../src/bot/shop.ts';
import { sayIn } from '../../src/bot/turn.ts';
import { isContactOf, readContact, readDate, readTime } from '../../src/bot/typed.ts';
import { dataOf, keyboardOf, readPress } from '../../src/notify/buttons.ts';
import { createTexts } from '../../src/notify/language.ts';

// A Monday.
const TODAY = '2026-11-23';
const option = (optionId: string, sort: 'device' | 'part', priceIdr: number) => ({
  ...{ optionId, sort, priceIdr, name: optionId.toUpperCase() },
});
const SHOP: Shop = {
  today: TODAY,
  lastDay: '2026-12-23',
  free: new Map([
    ['2026-11-25', ['09:00', '10:00']],
    ['2026-11-26', ['13:00']],
    ['2026-12-01', ['09:00']],
  ]),
  offering: {
    ...{ business: 'jiot', offeringId: 'repair', kind: 'appointment', name: 'Perbaikan' },
    ...{ about: '', priceIdr: 0, quotas: ['bench'], priceRules: [], position: 0, periodDays: null },
    options: [
      option('phone-1', 'device', 50_000),
      option('screen', 'part', 850_000),
      option('battery', 'part', 400_000),
    ],
  },
};

const ACTS: Record<Exclude<Step, 'booking'>, { press: string } | { text: string }> = {
  start: { press: 'book' },
  date: { press: '2026-11-25' },
  device: { press: 'phone-1' },
  time: { press: '10.00' },
  parts: { press: 'screen' },
  method: { press: 'bca' },
  confirm: { press: 'book' },
  contact: { text: 'sari@example.com' },
};

/** A form that got as far as a step. */
function formAt(step: Step): Form {
  let form = openForm(TODAY);
  if (step === 'contact') return move(formAt('confirm'), { press: 'contact' }, SHOP).form!;
  while (form.step !== step) {
    const { step: at } = form;
    if (at === 'booking') throw new Error(`There is no step ${step}.`);
    form = move(form, ACTS[at], SHOP).form!;
    if (at === 'parts') form = move(form, { press: 'next' }, SHOP).form!;
  }
  return form;
}

describe('the order form', () => {
  it('leads from step to step, and keeps all that was chosen', () => {
    expect(formAt('booking')).toEqual({
      ...{ step: 'booking', month: '2026-11', date: '2026-11-25', time: '10:00' },
      ...{ device: 'phone-1', parts: ['screen'], method: 'bca' },
    });
  });

  it('takes a contact when one is given, and does not insist', () => {
    const given = move(formAt('contact'), { text: 'sari@example.com' }, SHOP).form;
    expect(given).toMatchObject({ step: 'confirm', contact: { email: 'sari@example.com' } });
    const shared = move(formAt('confirm'), { phone: '+62 812 3456 7890' }, SHOP).form;
    expect(shared).toMatchObject({ step: 'confirm', contact: { phone: '+6281234567890' } });
    expect(move(formAt('contact'), { text: 'halo' }, SHOP).remark).toBe('not-a-contact');
  });

  it.each([
    ['date', 'start'],
    ['device', 'date'],
    ['time', 'device'],
    ['parts', 'time'],
    ['method', 'parts'],
    ['confirm', 'method'],
    ['contact', 'confirm'],
  ] as const)('goes back from %s to %s', (from, to) => {
    expect(move(formAt(from), { press: 'back' }, SHOP).form?.step).toBe(to);
  });

  it.each(['start', 'date', 'device', 'time', 'parts', 'method', 'contact', 'confirm'] as const)(
    'can be cancelled at %s',
    (step) => {
      expect(move(formAt(step), { press: 'cancel' }, SHOP).form).toBeUndefined();
    },
  );

  it('takes a part away that is chosen again, and wants at least one', () => {
    const chosen = move(formAt('parts'), { press: 'screen' }, SHOP).form!;
    expect(chosen.parts).toEqual(['screen']);
    const none = move(chosen, { press: 'screen' }, SHOP).form!;
    expect(none.parts).toEqual([]);
    expect(move(none, { press: 'next' }, SHOP)).toEqual({ form: none, remark: 'choose-part' });
  });

  it('takes a press letter by letter, and a name however it is typed', () => {
    expect(move(formAt('device'), { press: 'PHONE-1' }, SHOP).remark).toBe('use-buttons');
    expect(move(formAt('device'), { text: 'Phone-1' }, SHOP).form?.device).toBe('phone-1');
  });

  it.each([
    ['besok lusa sekali', 'not-a-date'],
    ['2026-11-22', 'past'],
    ['2027-06-01', 'too-far'],
    ['2026-11-24', 'day-closed'],
  ] as const)('stays on the date for "%s"', (text, remark) => {
    const moved = move(formAt('date'), { text }, SHOP);
    expect(moved).toMatchObject({ remark, form: { step: 'date' } });
  });

  it('leads back to the date when the day filled up meanwhile', () => {
    const full = { ...SHOP, free: new Map([['2026-11-26', ['13:00']]]) };
    expect(move(formAt('device'), { press: 'phone-1' }, full)).toMatchObject({
      remark: 'full-day',
      form: { step: 'date', device: 'phone-1' },
    });
    expect(move(formAt('time'), { press: '10.00' }, full)).toMatchObject({ remark: 'full-day' });
  });

  it('offers the other hours when one filled up meanwhile', () => {
    const less = { ...SHOP, free: new Map([['2026-11-25', ['09:00']]]) };
    const moved = move(formAt('time'), { press: '10.00' }, less);
    expect(moved).toMatchObject({ remark: 'hour-gone', form: { step: 'time' } });
  });

  it('begins where a wish from the web ends, and asks for what cannot be had any more', () => {
    const wish = { date: '2026-11-25', time: '10:00', options: ['phone-1', 'screen'] };
    expect(withWish(openForm(TODAY), wish, SHOP)).toMatchObject({ step: 'method', time: '10:00' });
    const gone = withWish(openForm(TODAY), { ...wish, time: '11:00' }, SHOP);
    expect(gone).toMatchObject({ step: 'time', date: '2026-11-25' });
    expect(withWish(openForm(TODAY), { date: '2026-11-24' }, SHOP).step).toBe('date');
  });
});

describe('a part that is withdrawn while somebody orders', () => {
  const { options } = SHOP.offering;
  const without = (id: string): Shop => ({
    ...SHOP,
    offering: { ...SHOP.offering, options: options.filter((one) => one.optionId !== id) },
  });

  it('is asked for again, and the rest is kept', () => {
    const asked = { step: 'parts', parts: [], device: 'phone-1', time: '10:00', method: 'bca' };
    const moved = move(formAt('confirm'), { press: 'book' }, without('screen'));
    expect(moved).toMatchObject({ remark: 'withdrawn', form: asked });
    const refused = afterRefusal(formAt('booking'), without('screen'));
    expect(refused).toMatchObject({ remark: 'withdrawn', form: asked });
    const again = move(refused.form!, { press: 'battery' }, without('screen'));
    expect(again).toMatchObject({ form: { parts: ['battery'] } });
    expect(again.remark).toBeUndefined();
  });

  it('is a device that is chosen again', () => {
    const moved = move(formAt('method'), { press: 'bca' }, without('phone-1'));
    expect(moved).toMatchObject({ remark: 'withdrawn', form: { step: 'device', time: '10:00' } });
    expect(moved.form).not.toHaveProperty('device');
  });

  it('keeps nobody in the form', () => {
    expect(move(formAt('confirm'), { press: 'cancel' }, without('screen')).form).toBeUndefined();
  });
});

describe('data that no button of ours carries', () => {
  const texts = createTexts();
  const words = { t: sayIn(texts, 'id'), texts, language: 'id' as const, business: 'B' };
  const year = { ...SHOP, today: '2026-12-23', lastDay: '2027-01-22' };
  const value = fc.oneof(
    fc.string(),
    fc.stringMatching(/^m?20(26|27)-[0-9:z]{1,2}(-[0-9z]{1,2})?$/),
    fc.constantFrom('m2026-99', '2026-9z', 'back', 'next', 'none', '__proto__'),
  );

  it('throws nowhere, whatever a person’s client makes up', () => {
    const steps = fc.constantFrom(...STEPS.filter((step) => step !== 'booking'));
    const property = fc.property(steps, value, fc.constantFrom(SHOP, year), (step, said, shop) => {
      const press = readPress(`1:o:1:${step}:${said}`);
      if (!press) return;
      const { form } = move(formAt(step), { press: press.value }, shop);
      if (form) keyboardOf(screenOf(form, shop, words).keys, { flow: 'o', form: 1, step });
    });
    fc.assert(property, { numRuns: 3_000, examples: [['date', 'm2026-99', SHOP]] });
  });
});

describe('a screen', () => {
  it.each(['id', 'en'] as const)('has its words and short enough buttons in %s', (language) => {
    const texts = createTexts();
    const words = { t: sayIn(texts, language), texts, language, business: 'A & B <i>' };
    for (const step of [...Object.keys(ACTS), 'booking'] as Step[]) {
      const screen = screenOf(formAt(step), SHOP, words);
      expect(screen.text.length).toBeLessThan(4_096);
      expect(screen.text).not.toContain('<i>');
      const { inline_keyboard: board } = keyboardOf(screen.keys, {
        ...{ flow: 'o', form: 2_147_483_647, step },
      });
      expect(board.flat().length).toBeLessThan(101);
    }
  });

  it('names parts in the language of its person, and knows them by either name', () => {
    const texts = createTexts();
    const english = { ...option('layar', 'part', 1_000), english: { name: 'Screen' } };
    const options = [option('phone-1', 'device', 0), english];
    const shop = { ...SHOP, offering: { ...SHOP.offering, options } };
    const named = (language: 'id' | 'en') => {
      const words = { t: sayIn(texts, language), texts, language, business: 'B' };
      return JSON.stringify(screenOf({ ...formAt('parts'), parts: [] }, shop, words).keys);
    };
    expect(named('en')).toContain('Screen (Rp1.000)');
    expect(named('id')).toContain('LAYAR (Rp1.000)');
    for (const text of ['screen', 'Layar']) {
      const { form } = move({ ...formAt('parts'), parts: [] }, { text }, shop);
      expect(form?.parts).toEqual(['layar']);
    }
  });

  it('shows the sum of what was chosen, part by part', () => {
    const texts = createTexts();
    const words = { t: sayIn(texts, 'id'), texts, language: 'id' as const, business: 'B' };
    const sums = [[], ['battery'], ['battery', 'screen']].map((parts) => {
      const { text } = screenOf({ ...formAt('parts'), parts }, SHOP, words);
      return /Rp[\d.]+/.exec(text)?.[0];
    });
    expect(sums).toEqual(['Rp50.000', 'Rp450.000', 'Rp1.300.000']);
  });

  it('stays below what a message holds, whatever a business calls its parts', () => {
    const texts = createTexts();
    const words = { t: sayIn(texts, 'id'), texts, language: 'id' as const, business: 'B' };
    const options = Array.from({ length: 80 }, (_, index) => ({
      ...option(`part-${index}`, 'part', 1_000),
      name: 'Suku cadang & '.repeat(40),
    }));
    const shop = { ...SHOP, offering: { ...SHOP.offering, options } };
    const form = { ...formAt('confirm'), parts: options.map((part) => part.optionId) };
    const screens = [
      screenOf(form, shop, words),
      screenOf({ ...form, step: 'parts' }, shop, words),
    ];
    for (const screen of screens) {
      expect(screen.text.replaceAll('&amp;', '&').length).toBeLessThan(4_096);
      expect(screen.keys.flat().length).toBeLessThan(101);
    }
    const page = catalogPage(options, 1, words.t);
    expect(page.text.replaceAll('&amp;', '&').length).toBeLessThan(4_096);
    expect(page.keys.flat()).toEqual([{ label: 'Berikutnya »', value: '2' }]);
    expect(catalogPage(options, 99, words.t).text).toContain('halaman 6 dari 6');
  });

  it('makes only days with a free hour pressable', () => {
    const texts = createTexts();
    const words = { t: sayIn(texts, 'en'), texts, language: 'en' as const, business: 'B' };
    const { keys } = screenOf(formAt('date'), SHOP, words);
    const days = keys.flat().flatMap((key) => ('value' in key ? [key.value] : []));
    expect(days.filter((value) => /^\d{4}/.test(value))).toEqual(['2026-11-25', '2026-11-26']);
    expect(days).toContain('m2026-12');
    expect(keys[0]?.map((key) => key.label)).toEqual([' ', 'November 2026', '›']);
  });
});

describe('a button', () => {
  it('says again what it was made to say, within 64 bytes', () => {
    for (const step of STEPS) {
      const press = { flow: 'o', form: 2_147_483_647, step, value: 'x'.repeat(41) } as const;
      expect(Buffer.byteLength(dataOf(press))).toBeLessThanOrEqual(64);
      expect(readPress(dataOf(press))).toEqual(press);
    }
  });

  it('of another version says nothing', () => {
    expect(readPress('0:o:1:date:x')).toBeUndefined();
    expect(readPress('')).toBeUndefined();
  });
});

describe('a typed date', () => {
  it.each([
    ['2026-11-25', '2026-11-25'],
    ['25/11/2026', '2026-11-25'],
    ['25-11-26', '2026-11-25'],
    ['25.11', '2026-11-25'],
    ['25 Nov 2026', '2026-11-25'],
    ['25 november', '2026-11-25'],
    ['November 25', '2026-11-25'],
    ['1 Des', '2026-12-01'],
    ['5 januari', '2027-01-05'],
    ['hari ini', TODAY],
    ['besok', '2026-11-24'],
    ['Tomorrow', '2026-11-24'],
    ['lusa', '2026-11-25'],
    ['senin', '2026-11-30'],
    ['Rabu depan', '2026-11-25'],
    ['friday', '2026-11-27'],
  ])('%s is %s', (text, date) => {
    expect(readDate(text, TODAY)).toBe(date);
  });

  it.each(['', 'kapan saja', '31/02/2026', '2026-13-01', '99', '25 foo', '1/2/3/4'])(
    '"%s" is none',
    (text) => {
      expect(readDate(text, TODAY)).toBeUndefined();
    },
  );
});

describe('what people type', () => {
  it.each([
    ['9', '09:00'],
    ['jam 10', '10:00'],
    ['13.00', '13:00'],
    ['24', undefined],
    ['noon', undefined],
  ])('as an hour: %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it('is a contact of the customer however it is written', () => {
    const customer = { email: 'Sari@Example.com', phone: '+62 812-3456-7890' };
    expect(isContactOf(readContact('sari@example.com')!, customer)).toBe(true);
    expect(isContactOf(readContact('0812 3456 7890')!, customer)).toBe(true);
    expect(isContactOf(readContact('budi@example.com')!, customer)).toBe(false);
    expect(isContactOf(readContact('081234567891')!, { email: null, phone: null })).toBe(false);
    expect(readContact('halo')).toBeUndefined();
  });
});
