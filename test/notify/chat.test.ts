import { describe, expect, test } from 'vitest';
import { type BookingFacts, NOTICE_KINDS } from '../../src/domain/facts.ts';
import { chatNotice, isSaidInChat } from '../../src/notify/chat.ts';
import { createTexts } from '../../src/notify/language.ts';
import { sampleAppointment } from '../documents/sample.ts';

const t = createTexts();
const SAID = NOTICE_KINDS.filter(isSaidInChat);
const held: Partial<BookingFacts> = { state: 'held', paidIdr: 0, paidAt: null };

const said = (kind: (typeof SAID)[number], changes: Partial<BookingFacts> = {}) =>
  chatNotice(kind, { ...sampleAppointment(), ...changes }, t);

/** The keys below a message, row by row. */
function keysOf(notice: ReturnType<typeof chatNotice>) {
  return notice.reply_markup.inline_keyboard.flat().map((key) => ({
    url: 'url' in key ? key.url : undefined,
    data: 'callback_data' in key ? key.callback_data : '',
  }));
}

describe('every notice in a chat', () => {
  test.each(SAID)('%s is whole in both languages and within what Telegram takes', (kind) => {
    for (const language of ['id', 'en'] as const) {
      for (const stand of [{}, held]) {
        const notice = said(kind, { ...stand, language });
        expect(notice.text).toContain(sampleAppointment().code);
        expect(notice.text).not.toMatch(/undefined|\bnull\b|NaN|\[object|\{ ?\$/);
        expect(notice.text.length).toBeLessThanOrEqual(4_096);
        for (const key of keysOf(notice)) {
          expect(Buffer.byteLength(key.data)).toBeLessThanOrEqual(64);
        }
      }
    }
  });

  test.each(SAID)('%s takes no name for markup', (kind) => {
    const business = { ...sampleAppointment().business, name: '<b>Jiot</b> & co' };
    const { text } = said(kind, { business, offering: { id: 'repair', name: '<i>Servis' } });
    expect(text.match(/<(?!\/?b>)/g)).toBeNull();
    expect(text.match(/<b>/g)).toHaveLength(text.match(/<\/b>/g)!.length);
    expect(text).not.toContain('<b>Jiot');
  });
});

test('who has to pay is one press away from it, and who paid is not asked again', () => {
  const urls = (changes: Partial<BookingFacts>) =>
    keysOf(said('remind', changes)).map((key) => key.url);
  const { paymentUrl, statusUrl } = sampleAppointment();
  expect(urls(held)).toEqual([paymentUrl, statusUrl]);
  expect(urls({ state: 'paid' })).toEqual([statusUrl]);
});
