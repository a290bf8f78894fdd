import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../src/local/until.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { canSeeProcesses, createMachine, type Machine, type Started } from '../ground/machine.ts';

let machine: Machine;
let running: Started;
let kept: { token: string; code: string };

/** Where a disk of its own can be mounted, so that it can be filled. */
const disk = mountTmpfs('320m');

beforeAll(async () => {
  machine = await createMachine(disk);
});
afterAll(async () => {
  await machine?.close();
  if (disk) unmount(disk);
}, 30_000);

async function start(): Promise<void> {
  running = machine.start();
  await running.ready;
}

const noneLeft = () => until('nothing of it runs', 30_000, () => machine.processes().length === 0);

const find = async (token: string) => (await machine.call('GET', `/api/v1/bookings/${token}`)).body;

/** A start that has to fail; answers how it ended and what it said. */
async function failedStart(): Promise<{ how: number | string; said: string }> {
  const failed = machine.start();
  const how = await failed.ended;
  return { how, said: failed.printed() };
}

// One life of an installation: each step stands on the one before.
describe.runIf(canSeeProcesses)('npm start', { timeout: 120_000 }, () => {
  it.each([['PORT'], ['POSTGRES_PORT'], ['TEMPORAL_PORT']])(
    'names %s when that port is taken, and leaves nothing behind',
    async (variable) => {
      const taken = createServer().listen(Number(machine.env[variable]), '127.0.0.1');
      await once(taken, 'listening');
      const { how, said } = await failedStart();
      taken.close();
      expect(how).toBe(1);
      expect(said).toMatch(new RegExp(`set ${variable} to another one`));
      await noneLeft();
    },
  );

  it('brings everything up, and says so in one line', async () => {
    await start();
    expect((await machine.call('GET', '/readyz')).status).toBe(200);
    const body = partyWish(1, { date: dayAhead(9) });
    const held = await machine.call('POST', '/api/v1/businesses/slamet/bookings', {
      body,
      key: randomUUID(),
    });
    expect(held.status).toBe(201);
    kept = held.body;
    await until('it can be paid', 20_000, async () => {
      return (await find(kept.token)).payment.state === 'pending';
    });
  });

  it('started twice says that it runs already, and harms nothing', async () => {
    const { how, said } = await failedStart();
    expect(how).toBe(1);
    expect(said).toContain('Pesan already runs here');
    expect((await machine.call('GET', '/readyz')).status).toBe(200);
  });

  it.runIf(disk)(
    'on a full disk says so, and goes on where it was once there is room',
    async () => {
      const rest = path.join(disk!, 'rest');
      fill(rest, 0);
      const ready = await machine.call('GET', '/readyz');
      expect([ready.status, ready.body.room]).toEqual([503, false]);
      const { taken, refused } = await bookUntilRefused();
      expect(refused.answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(refused.answer.body.detail).toContain('Nothing is lost');
      rmSync(rest);
      await until('it takes the same booking', 100_000, async () => {
        return (await machine.call('POST', BOOKINGS, refused.ask)).status === 201;
      });
      expect((await machine.call('GET', '/readyz')).status).toBe(200);
      for (const token of taken) expect(await find(token)).toMatchObject({ state: 'held' });
      await expectBooks(taken.length + 1);
    },
  );

  it('killed hard leaves no process, and comes back with every booking and the sandbox', async () => {
    process.kill(running.supervisor(), 'SIGKILL');
    await noneLeft();
    await start();
    expect(await find(kept.token)).toMatchObject({ code: kept.code, state: 'held' });
    const known = await machine.sandbox('GET', `/control/transactions?ref=${kept.code}`);
    expect(known.body.transactions).toHaveLength(1);
    await machine.sandbox('POST', `/control/midtrans/${kept.code}-1/settle`, { body: {} });
    await until('the ticket is there', 30_000, async () => {
      return (await find(kept.token)).tickets.length === 1;
    });
  });

  it('ends with all its children on SIGINT to npm alone', async () => {
    running.child.kill('SIGINT');
    await running.ended;
    await noneLeft();
  });

  it('ends with all its children on SIGTERM to the whole group, and comes back paid', async () => {
    await start();
    expect((await find(kept.token)).state).toBe('paid');
    process.kill(-running.child.pid!, 'SIGTERM');
    await running.ended;
    await noneLeft();
  });
});

const BOOKINGS = '/api/v1/businesses/slamet/bookings';
const FULL_DAY = dayAhead(12);

/** Books one after another: what was written ahead takes the first ones also on a full disk. */
async function bookUntilRefused() {
  const taken: string[] = [];
  for (;;) {
    const ask = { body: partyWish(1, { date: FULL_DAY }), key: randomUUID() };
    const answer = await machine.call('POST', BOOKINGS, ask);
    if (answer.status !== 201) return { taken, refused: { ask, answer } };
    taken.push(answer.body.token);
  }
}

/** The books agree, and so many are held on the day of the full disk. */
async function expectBooks(held: number): Promise<void> {
  const body = { email: 'owner@slamet.example', password: 'pesan-demo' };
  const { token } = (await machine.call('POST', '/api/v1/admin/slamet/sign-in', { body })).body;
  const ledger = await machine.call('GET', '/api/v1/admin/slamet/ledger', { token });
  expect(ledger.body.differences).toEqual([]);
  const list = `/api/v1/admin/slamet/bookings?state=held&from=${FULL_DAY}&to=${FULL_DAY}`;
  expect((await machine.call('GET', list, { token })).body.items).toHaveLength(held);
}

const tmpfs = mountTmpfs('64m');

describe.runIf(tmpfs)('npm start on a disk of its own (skipped where none can be mounted)', () => {
  afterAll(() => unmount(tmpfs!));

  it('says in clear words that it is full, before it begins', { timeout: 60_000 }, async () => {
    const full = path.join(tmpfs!, 'data');
    mkdirSync(full);
    fill(path.join(tmpfs!, 'rest'), 4_096);
    const usual = machine.env.PESAN_DATA_DIR!;
    machine.env.PESAN_DATA_DIR = full;
    const { how, said } = await failedStart();
    machine.env.PESAN_DATA_DIR = usual;
    expect(how).toBe(1);
    expect(said).toContain('The disk is full');
    expect(said).toContain('PESAN_DATA_DIR');
  });
});

/** A small disk; undefined for who may not mount one. */
function mountTmpfs(size: string): string | undefined {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pesan-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
}

/** Writes a file into a disk until no more than that fits. */
function fill(file: string, leftBytes: number): void {
  const { bavail, bsize } = statfsSync(path.dirname(file));
  writeFileSync(file, Buffer.alloc(bavail * bsize - leftBytes));
}
