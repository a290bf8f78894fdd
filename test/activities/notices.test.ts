import { describe, expect, it } from 'vitest';
import type { Deps } from '../../src/activities/deps.ts';
import { issueTickets } from '../../src/activities/issue.ts';
import { sendNotices } from '../../src/activities/tell.ts';
import { tell } from '../../src/db/order/notices.ts';
import { one, run } from '../../src/db/pool.ts';
import { listUndone } from '../../src/db/upkeep.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { MailError } from '../../src/notify/mailer.ts';
import { dayAhead } from '../ground/core.ts';
import { look, moneyArrives, paidParty, useCore } from '../ground/life.ts';

const core = useCore();
const date = dayAhead(15);
const MINUTE = 60_000;

/** A mail server that a test breaks and mends. */
function mailServer(answer: () => Promise<void> = async () => undefined) {
  const server = { tries: 0, answer };
  const send = async () => {
    server.tries += 1;
    await server.answer();
  };
  const mailer = { send, close: () => undefined } as unknown as Deps['mailer'];
  return Object.assign(server, { deps: { ...core.deps, mailer } });
}

const refused = (temporary: boolean) => async () => {
  throw new MailError('EENVELOPE', temporary);
};

async function partyToTell() {
  const party = await paidParty(core, 1, { date });
  await issueTickets(core.deps, party, Date.now());
  await sendNotices(core.deps, party);
  await tell(core.pool, party, 'late_paid', 'test');
  return party;
}

const noticeOf = (party: BookingRef) =>
  one<{ state: string; tries: number; waits: number }>(
    core.pool,
    `select state, tries, extract(epoch from next_try_at - clock_timestamp())::float8 as waits
     from notices where code = $1 and occurrence = 'test'`,
    [party.code],
  );

/** As if so much time had passed since the notice was written, or last tried. */
const timePasses = (party: BookingRef, interval: string) =>
  run(
    core.pool,
    `update notices set created_at = created_at - $2::interval,
       next_try_at = next_try_at - $2::interval where code = $1`,
    [party.code, interval],
  );

describe('a notice that cannot be sent', () => {
  // Guards `GIVE_UP_AFTER`: age decides, not how often it was tried.
  it('is tried for three days, less and less often, and then left to an operator', async () => {
    const party = await partyToTell();
    const server = mailServer(refused(true));
    for (let round = 0; round < 40; round += 1) {
      await sendNotices(server.deps, party).catch(() => undefined);
      await timePasses(party, '10 minutes');
    }
    expect(server.tries).toBe(40);
    expect(await noticeOf(party)).toMatchObject({ state: 'due', tries: 40 });
    await timePasses(party, '3 days');
    await expect(sendNotices(server.deps, party)).rejects.toThrow('EENVELOPE');
    expect(await noticeOf(party)).toMatchObject({ state: 'failed' });
  });

  it('is not tried again before its time, and wakes nobody', async () => {
    const party = await partyToTell();
    const server = mailServer(refused(true));
    for (let round = 0; round < 6; round += 1) {
      await sendNotices(server.deps, party).catch(() => undefined);
      const { waits } = await noticeOf(party);
      expect(waits).toBeGreaterThan(3 ** round - 1);
      expect(waits).toBeLessThanOrEqual(3 ** round);
      await sendNotices(server.deps, party);
      expect(server.tries).toBe(round + 1);
      await timePasses(party, `${3 ** round} seconds`);
    }
    await sendNotices(server.deps, party).catch(() => undefined);
    const undoneAt = async (ms: number) =>
      (await listUndone(core.pool, new Date(Date.now() + ms), 1_000)).some(
        ({ code }) => code === party.code,
      );
    expect((await look(core, party)).due).not.toContain('notices');
    expect(await undoneAt(2 * MINUTE)).toBe(false);
    expect(await undoneAt(11 * MINUTE)).toBe(true);
  });

  it('for good is given up at once', async () => {
    const party = await partyToTell();
    await sendNotices(mailServer(refused(false)).deps, party);
    expect(await noticeOf(party)).toMatchObject({ state: 'failed', tries: 1 });
  });
});

describe('a notice that is being sent', () => {
  // Guards `takeDueNotice`: who is slow is not overtaken.
  it('is in one hand, also when another sender comes meanwhile', async () => {
    const party = await partyToTell();
    const server = mailServer();
    const other = mailServer();
    server.answer = () => sendNotices(other.deps, party);
    await sendNotices(server.deps, party);
    expect([server.tries, other.tries]).toEqual([1, 0]);
    expect(await noticeOf(party)).toMatchObject({ state: 'sent' });
  });

  it('is sent by somebody else once its sender has been silent for a minute', async () => {
    const party = await partyToTell();
    const [server, died] = [mailServer(), mailServer()];
    died.answer = async () => {
      await timePasses(party, '61 seconds');
      await sendNotices(server.deps, party);
    };
    await sendNotices(died.deps, party);
    expect([died.tries, server.tries]).toEqual([1, 1]);
  });
});

describe('what happens twice', () => {
  // Guards the sum in the key of `overpaid`: the same extra once more is told once more.
  it('is told twice: too much, the same too much again', async () => {
    const party = await paidParty(core, 1, { date });
    for (const times of [1, 2]) {
      await moneyArrives(core, party, { amountIdr: 100_000 + times * 5_000 });
    }
    const { told } = await one<{ told: number }>(
      core.pool,
      `select count(*) as told from notices where code = $1 and kind = 'overpaid'
         and channel = 'email'`,
      [party.code],
    );
    expect(told).toBe(2);
  });
});
