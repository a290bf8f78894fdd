import { beforeEach, describe, expect, it } from 'vitest';
import { createPayment } from '../../src/activities/collect.ts';
import { openBooking } from '../../src/activities/hold.ts';
import { rescheduleBooking } from '../../src/commands/ask.ts';
import { setPrice } from '../../src/commands/operate.ts';
import { listAttempts } from '../../src/db/money/payments.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { type Charge, ProviderError } from '../../src/payments/provider.ts';
import { commandDeps } from '../ground/asking.ts';
import { createToldProvider, dayAhead, newOrder } from '../ground/core.ts';
import { moneyArrives, rowOf, useCore, wordArrives } from '../ground/life.ts';

const core = useCore();

/** What the provider is asked for; it makes an account to transfer to for who chose BCA. */
let charges: Charge[];
beforeEach(() => {
  charges = [];
  const told = createToldProvider();
  Object.assign(core.provider, told, {
    createPage: async (account: string, charge: Charge) => {
      charges.push(charge);
      const page = await told.createPage(account as never, charge);
      if (page === 'used' || charge.method !== 'bca') return page;
      return { ...page, token: null, va: { bank: 'bca', number: `1234500${charges.length}` } };
    },
  });
});

let hour = 9;

/** A repair whose customer chose to transfer to BCA. */
async function repairByBca(): Promise<BookingRef> {
  const wish = {
    offering: 'repair',
    date: workday(),
    time: `${String(hour).padStart(2, '0')}:00`,
    options: ['iphone-13', 'battery'],
    customer: { name: 'Budi', phone: '+62812' },
    payMethod: 'bca' as const,
  };
  hour += 1;
  const ref = await newOrder(core, wish, 'jiot');
  await openBooking(core.deps, ref, Date.now());
  return ref;
}

function workday(ahead = 8): string {
  const date = dayAhead(ahead);
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 ? dayAhead(ahead + 1) : date;
}

const open = (ref: BookingRef) => createPayment(core.deps, ref, Date.now());
const methods = () => charges.map(({ method }) => method ?? 'any');

describe('who chose BCA', () => {
  it('gets one number, however often it is asked for', async () => {
    const ref = await repairByBca();
    expect([await open(ref), await open(ref)]).toEqual(['ready', 'ready']);
    expect(methods()).toEqual(['bca']);
    expect(await listAttempts(core.pool, ref)).toMatchObject([{ vaNumber: '12345001' }]);
  });

  // Guards `isAlive` and `methodFor`: a number that was denied offers nothing else, as a page would.
  it('may choose freely once the transfer was denied', async () => {
    const ref = await repairByBca();
    await open(ref);
    await wordArrives(core, ref, { state: 'denied' });
    expect(await open(ref)).toBe('ready');
    expect(methods()).toEqual(['bca', 'any']);
    const [newest, first] = await listAttempts(core.pool, ref);
    expect(newest).toMatchObject({ attempt: 2, state: 'pending', vaNumber: null });
    expect(first).toMatchObject({ attempt: 1, state: 'denied' });
  });

  // Guards `withoutMethod`: a business without that method would never get paid.
  it('gets a page when the account of the business has no virtual accounts', async () => {
    const ref = await repairByBca();
    const { createPage } = core.provider;
    core.provider.createPage = async (account, charge) => {
      if (charge.method === 'bca') throw new ProviderError('no such channel', false);
      return createPage(account, charge);
    };
    expect([await open(ref), await open(ref)]).toEqual(['again', 'ready']);
    expect(methods()).toEqual(['any']);
    expect(await listAttempts(core.pool, ref)).toMatchObject([
      { attempt: 2, state: 'pending' },
      { attempt: 1, state: 'cancelled' },
    ]);
  });

  it('is asked again for the number when Midtrans could not be reached', async () => {
    const ref = await repairByBca();
    const { createPage } = core.provider;
    core.provider.createPage = async () => {
      throw new ProviderError('no answer', true);
    };
    await expect(open(ref)).rejects.toThrow('no answer');
    core.provider.createPage = createPage;
    expect(await open(ref)).toBe('ready');
    expect(methods()).toEqual(['bca']);
  });

  // Guards the purpose in `methodFor`: what a move costs is paid on a page, where all can pay it.
  it('pays the difference of a move on a page', async () => {
    const ref = await repairByBca();
    await moneyArrives(core, ref);
    const dearer = { offering: 'repair', from: workday(15), to: workday(15), priceIdr: 90_000 };
    await setPrice(commandDeps(core), 'jiot', 'owner', dearer);
    const wish = { date: workday(15), time: '10:00' };
    await rescheduleBooking(commandDeps(core), ref, wish, { by: 'operator' });
    expect((await rowOf(core, ref)).state).toBe('paid');
    await open(ref);
    expect(methods()).toEqual(['bca', 'any']);
  });
});
