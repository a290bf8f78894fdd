import { h } from 'preact';
import { expect, test } from 'vitest';
import { toHtml } from '../../src/pages/document.tsx';
import { SubscriptionPage } from '../../src/pages/subscription.tsx';
import { SUBSCRIPTIONS } from './plans.ts';
import { sampleLook } from './sample.ts';
import { type Seen, words } from './visitor.ts';

const pageOf = (name: string) =>
  toHtml(h(SubscriptionPage, { look: sampleLook('id'), shown: SUBSCRIPTIONS[name]! }));
const said = (name: string) => words({ html: pageOf(name) } as Seen);
const chosen = (name: string) =>
  [...pageOf(name).matchAll(/<input type="radio"[^>]*>/g)]
    .filter(([input]) => / checked/.test(input))
    .map(([input]) => /value="([^"]*)"/.exec(input)?.[1]);

test('offers the plan that was chosen for the next period first', () => {
  expect(chosen('active')).toEqual(['weekly']);
  expect(chosen('next-plan')).toEqual(['monthly']);
});

test('says how long each plan lasts', () => {
  expect(said('active')).toMatch(
    /Mingguan\s+· 7 hari\s+Rp15\.000\s+Bulanan\s+· 30 hari\s+Rp50\.000/,
  );
});

test('has one loud button: to pay what is open, else to ask for more', () => {
  const loud = (name: string) => [
    ...pageOf(name).matchAll(/<a class="button pay"|<button type="submit">/g),
  ];
  expect(loud('open').map(String)).toEqual(['<a class="button pay"']);
  expect(pageOf('open')).toContain('<button type="submit" class="outline">');
  expect(loud('active').map(String)).toEqual(['<button type="submit">']);
});

test('marks what went back beside the payment that brought it', () => {
  expect(said('active')).not.toContain('dikembalikan');
  expect(pageOf('partly-back')).toMatch(
    /<mark class="back">Rp5\.000 sudah dikembalikan[^<]*<\/mark>/,
  );
  expect(said('partly-back')).toContain('Kuitansi');
  // Money that bought nothing has no receipt, and is not hidden either.
  expect(said('back')).toMatch(/Pembayaran\s+Rp15\.000 .*Rp15\.000 sudah dikembalikan/);
  expect(said('back')).not.toContain('Kuitansi');
});

test('says that a payment is checked to who comes back, and to who has paid', () => {
  for (const name of ['returned', 'checking']) {
    expect(said(name)).toContain('Pembayaran Anda sedang kami periksa');
  }
  expect(said('checking')).toContain('tidak perlu membayar lagi');
  expect(said('open')).not.toContain('sedang kami periksa');
});
