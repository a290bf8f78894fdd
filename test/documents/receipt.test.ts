import { describe, expect, test } from 'vitest';
import { receiptPdf } from '../../src/documents/receipt.ts';
import { createTexts } from '../../src/notify/language.ts';
import { readPdf } from './reading.ts';
import { sampleAppointment, sampleBooking } from './sample.ts';

const t = createTexts();
const textOf = async (pdf: Promise<Buffer>) =>
  (await readPdf(await pdf)).map((page) => page.text).join('\n');

describe('a receipt', () => {
  test('says what was sold, what came, how and when', async () => {
    const text = await textOf(receiptPdf(sampleBooking(), t));
    for (const words of [
      'K7M2P9QX',
      'Siti Nurhaliza',
      'Kamis, 20 November 2025 pukul 10.12 WIB',
      'Transfer bank (virtual account)',
      'Bambangan, 3 orang',
      'Rp90.000',
      'LUNAS',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('lists each option, and the lines sum to the total', async () => {
    const text = await textOf(receiptPdf(sampleAppointment(), t));
    const amounts = [...text.matchAll(/Rp([\d.]+)/g)].map(([, digits]) =>
      Number(digits!.replaceAll('.', '')),
    );
    expect(text).toContain('Layar');
    expect(amounts).toEqual([50_000, 0, 1_250_000, 1_300_000, 1_300_000]);
  });

  test('does not say paid once money went back or is missing', async () => {
    const refund = { state: 'done', amountIdr: 90_000 } as const;
    const refunded = await textOf(receiptPdf(sampleBooking(undefined, { refund }), t));
    expect(refunded).toContain('Pengembalian (sudah dikembalikan)');
    expect(refunded).toContain('-Rp90.000');
    expect(refunded).not.toContain('LUNAS');
    const short = await textOf(receiptPdf(sampleBooking(undefined, { paidIdr: 80_000 }), t));
    expect(short).toContain('Kurang');
    expect(short).not.toContain('LUNAS');
    const over = await textOf(receiptPdf(sampleBooking(undefined, { paidIdr: 100_000 }), t));
    expect(over).toContain('Lebih');
  });

  test('goes on to another page when it is long', async () => {
    const options = Array.from({ length: 30 }, (_, at) => ({
      name: `Part ${at}`,
      priceIdr: 1_000,
    }));
    const pages = await readPdf(await receiptPdf(sampleAppointment({ options }), t));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.at(-1)?.text).toContain('Part 29');
  });

  test('explains a name that it cannot print', async () => {
    const customer = { name: '王小明', email: null, phone: null };
    const text = await textOf(receiptPdf(sampleBooking(undefined, { customer }), t));
    expect(text).toContain('Tanda □ menggantikan huruf');
  });

  test('is the same bytes when it is printed twice', async () => {
    const first = await receiptPdf(sampleBooking(), t);
    expect(first.equals(await receiptPdf(sampleBooking(), t))).toBe(true);
  });
});
