import { afterEach, describe, expect, it } from 'vitest';
import { findLedgerCheck } from '../../../src/db/money/ledger.ts';
import { run } from '../../../src/db/pool.ts';
import { upkeepOf, waitingParty } from '../../ground/asking.ts';
import { dayAhead } from '../../ground/core.ts';
import { ask, heldParty, ledgerOf, paidParty, setCapacity, useCore } from '../../ground/life.ts';

const core = useCore();
const TRAIL = 'baturraden';

/** Undoes what a test did to the books behind everybody's back. */
let mend: () => Promise<unknown> = async () => undefined;
afterEach(async () => {
  await mend();
  expect(await ledgerOf(core)).toEqual([]);
});

/** Changes the books by hand and says how to change them back. */
async function meddle(wrong: string, right: string, values: unknown[] = []): Promise<void> {
  mend = () => run(core.pool, right, values);
  await run(core.pool, wrong, values);
}

// Each guards one of `CHECKS`: a check that finds nothing proves nothing.
describe('the ledger check', () => {
  it('agrees with a day on which everything happened', async () => {
    const date = dayAhead(5);
    await setCapacity(core, TRAIL, date, 3);
    await heldParty(core, 1, { date });
    const party = await paidParty(core, 2, { date });
    await waitingParty(core, 2, { date });
    await ask(core, party, 'refund', 'operator', { amountIdr: 1_000 });
    expect(await ledgerOf(core)).toEqual([]);
  });

  it.each(['held', 'sold', 'waiting'])('finds a slot that counts too many %s', async (column) => {
    const date = dayAhead(6);
    const of = `where business_id = 'slamet' and quota_id = 'guci' and date = $1`;
    const set = (change: string) => `update quota_slots set ${column} = ${column} ${change} ${of}`;
    await meddle(set('+ 1'), set('- 1'), [date]);
    const found = await ledgerOf(core);
    expect(found).toMatchObject([{ what: 'slot counts', subject: `guci ${date}` }]);
    expect(await ledgerOf(core), 'nothing is repaired').toEqual(found);
  });

  it('finds an order whose places are not those of its state', async () => {
    const { code } = await heldParty(core, 1, { date: dayAhead(7) });
    const set = (state: string) => `update orders set state = '${state}' where code = $1`;
    await meddle(set('completed'), set('held'), [code]);
    expect(await ledgerOf(core)).toEqual([
      { what: 'places of an order', subject: code, expected: 'sold', found: 'held' },
    ]);
  });

  it('finds an ended order that still holds its places and its people', async () => {
    const { code } = await heldParty(core, 1, { date: dayAhead(8) });
    const set = (state: string) => `update orders set state = '${state}' where code = $1`;
    await meddle(set('expired'), set('held'), [code]);
    expect((await ledgerOf(core)).map(({ what }) => what)).toEqual([
      'places of an order',
      'identity claimed by an order that ended',
    ]);
  });

  it('finds places that are held for a move of which nobody knows', async () => {
    const { code } = await paidParty(core, 1, { date: dayAhead(10) });
    const draw = `insert into order_places (business_id, code, slot_id, purpose, quantity, phase)
      select business_id, $1, slot_id, 'move', 1, 'held' from quota_slots
      where business_id = 'slamet' and quota_id = 'guci' and date = '${dayAhead(11)}'`;
    await meddle(draw, `delete from order_places where code = $1 and purpose = 'move'`, [code]);
    expect(await ledgerOf(core)).toMatchObject([
      { what: 'slot counts' },
      { what: 'places of a move', subject: code, expected: 'none', found: 'held' },
    ]);
  });

  it('finds money that nobody owes and nobody gives back', async () => {
    const { code } = await paidParty(core, 1, { date: dayAhead(9) });
    const set = (change: string) =>
      `update payments set paid_idr = paid_idr ${change} where code = $1`;
    await meddle(set('+ 500'), set('- 500'), [code]);
    expect(await ledgerOf(core)).toEqual([
      { what: 'money of an order', subject: code, expected: '100000', found: '100500' },
    ]);
  });

  it('finds money that the provider gave back and we did not ask for', async () => {
    const { code } = await paidParty(core, 1, { date: dayAhead(9) });
    const set = (idr: number) => `update payments set refunded_idr = ${idr} where code = $1`;
    await meddle(set(700), set(0), [code]);
    expect(await ledgerOf(core)).toMatchObject([
      { what: 'refunds of a payment', subject: `${code}-1`, expected: '0', found: '700' },
    ]);
  });

  it('finds an order that is called refunded before it is', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(9) });
    await ask(core, party, 'refund', 'operator', {});
    const set = (state: string) => `update orders set state = '${state}' where code = $1`;
    await meddle(set('refunded'), set('refund_due'), [party.code]);
    expect(await ledgerOf(core)).toMatchObject([
      { what: 'refund still to be made', subject: party.code },
    ]);
  });

  it('looks at one business only, keeps what it found, and reports how much', async () => {
    const { code } = await paidParty(core, 1, { date: dayAhead(9) });
    const set = (change: string) =>
      `update payments set paid_idr = paid_idr ${change} where code = $1`;
    await meddle(set('+ 500'), set('- 500'), [code]);
    const reported: [string, number][] = [];
    const report = (figure: string, value: number) => void reported.push([figure, value]);
    expect(await upkeepOf(core, { report }).checkLedgers(Date.now())).toBe(1);
    expect(reported).toEqual([['ledger_differences', 1]]);
    expect((await findLedgerCheck(core.pool, 'slamet'))!.differences).toHaveLength(1);
    expect((await findLedgerCheck(core.pool, 'jiot'))!.differences).toEqual([]);
  });
});
