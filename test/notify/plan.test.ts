import { describe, expect, test } from 'vitest';
import { PLAN_NOTICE_KINDS, type SubscriptionFacts } from '../../src/domain/facts.ts';
import { createTexts } from '../../src/notify/language.ts';
import { planLetter, planMessage } from '../../src/notify/plan.ts';
import { sampleInvoice, sampleSubscription } from '../pages/plans.ts';

const t = createTexts();
const REFUND = { refundNo: 1, attempt: 1, amountIdr: 15_000 } as const;
const GIVEN = ['money_back', 'given_back', 'money_returned'] as const;

const occurrenceOf = (kind: string) =>
  kind.startsWith('end') || kind === 'stopped' ? '2025-11-20T17:00:00.000Z' : '1';

const invoices = (...attempts: number[]) =>
  attempts.map((attempt) => sampleInvoice(attempt, { state: 'new' }));

const labels = (facts: SubscriptionFacts) =>
  planMessage('invoice_expired', '2', facts, t)
    .reply_markup.inline_keyboard.flat()
    .map(({ text }) => text);

describe('the notices of a subscription', () => {
  test.each(PLAN_NOTICE_KINDS)('%s is whole in both languages, whoever reads it', (kind) => {
    for (const language of ['id', 'en'] as const) {
      for (const state of ['by_hand', 'done', 'due'] as const) {
        const facts = sampleSubscription({ language, refunds: [{ ...REFUND, state }] });
        for (const channel of ['email', 'operator'] as const) {
          const { subject, text, html } = planLetter(kind, occurrenceOf(kind), channel, facts, t);
          for (const written of [subject, text, html]) {
            expect(written).not.toMatch(/undefined|\bnull\b|NaN|\[object|\{ ?\$/);
          }
        }
      }
    }
  });

  test.each(GIVEN)(
    "%s speaks to the operator of the customer's money, and of no console",
    (kind) => {
      for (const state of ['by_hand', 'done'] as const) {
        const facts = sampleSubscription({ refunds: [{ ...REFUND, state }] });
        const { subject, text } = planLetter(kind, '1', 'operator', facts, t);
        expect(subject + text).toMatch(/[Pp]elanggan/);
        expect(subject + text).not.toMatch(/\bAnda\b|konsol/);
        expect(text).toContain(`booking show ${facts.code}`);
        expect(planLetter(kind, '1', 'email', facts, t).subject).toContain('Uang Anda');
      }
    },
  );

  test('name the plan of the invoice that they are about, not the one that is in force', () => {
    const expired = sampleInvoice(2, { plan: 'daily', planName: 'Harian', amountIdr: 3_000 });
    const facts = sampleSubscription({ invoices: [expired, sampleInvoice(1)] });
    const { text } = planLetter('invoice_expired', '2', 'email', facts, t);
    expect(text).toContain('Rp3.000 (paket Harian)');
    expect(text).not.toContain('Mingguan');
    expect(text).not.toMatch(/e-?tiket/i);
  });

  test('speak of earlier links only when there were any for the next period', () => {
    const [paid] = sampleSubscription().periods;
    const said = (...attempts: number[]) => {
      const facts = sampleSubscription({
        state: 'active',
        periods: [{ ...paid!, attempt: 1 }],
        invoices: invoices(...attempts),
      });
      return planLetter('ending', '2025-11-20T17:00:00.000Z', 'email', facts, t).text;
    };
    expect(said(2, 1)).toContain('lewat tautan ini');
    expect(said(3, 2, 1)).toContain('tautan sebelumnya tidak diperlukan lagi');
  });

  test('offer to extend what is active, and to begin again what is not', () => {
    expect(labels(sampleSubscription({ state: 'active' }))).toContain('Perpanjang');
    expect(labels(sampleSubscription({ state: 'ended' }))).toContain('Berlangganan lagi');
  });
});
