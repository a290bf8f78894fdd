import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { createLive, readVersion } from '../../src/api/web/live.ts';
import { touchOrder } from '../../src/db/order/orders.ts';
import type { Pool } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { until } from '../../src/local/until.ts';
import { createLog } from '../../src/log.ts';
import { newOrder, partyWish } from '../ground/core.ts';
import { useDatabase } from '../ground/database.ts';

const ground = useDatabase();
const open: (() => void)[] = [];
afterEach(() => {
  for (const end of open.splice(0)) end();
});

interface Heard {
  status: number;
  text: string;
  ended: boolean;
}

/** A server of live pages that counts what it asks of Postgres. */
async function serveLive(most?: number) {
  const stopping = new AbortController();
  const asked = { times: 0 };
  const query = (sql: string, values: unknown[]) => {
    asked.times += 1;
    return ground.pool.query(sql, values);
  };
  const deps = { pool: { query } as unknown as Pool, log: createLog('live', 'silent') };
  const live = createLive({ ...deps, stopping: stopping.signal }, most);
  const app = express();
  app.get('/:code', (req, res) => live.listen(req, res, req.params.code));
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    stopping.abort();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, stop: () => stopping.abort(), listen: (path: string) => listen(url + path) };
}

async function listen(url: string, headers: Record<string, string> = {}): Promise<Heard> {
  const abort = new AbortController();
  open.push(() => abort.abort());
  const response = await fetch(url, { headers, signal: abort.signal });
  const heard: Heard = { status: response.status, text: '', ended: false };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) heard.text += decoder.decode(chunk, { stream: true });
    heard.ended = true;
  };
  read().catch(() => undefined);
  return heard;
}

const order = () => newOrder(ground, partyWish(1));
const changes = ({ text }: Heard) => text.match(/event: changed/g)?.length ?? 0;
const versionOf = ({ code }: BookingRef) => readVersion(ground.pool, code);

test('tells each listener of a change once, by one look for all of them', async () => {
  const { asked, listen } = await serveLive();
  const [one, other] = [await order(), await order()];
  const path = async (ref: BookingRef) => `/${ref.code}?v=${await versionOf(ref)}`;
  const heard = await Promise.all([
    listen(await path(one)),
    listen(await path(one)),
    listen(await path(other)),
  ]);
  await until('they are looked after', 5_000, () => asked.times >= 2);
  expect(heard.map(changes)).toEqual([0, 0, 0]);
  await touchOrder(ground.pool, one);
  await until('the change is told', 5_000, () => changes(heard[0]!) > 0 && changes(heard[1]!) > 0);
  const looks = asked.times;
  await until('two more looks', 5_000, () => asked.times >= looks + 2);
  expect(heard.map(changes)).toEqual([1, 1, 0]);
  expect(heard[0]!.text).toContain(`data: ${await versionOf(one)}`);
});

test('tells a page that is older than what is there already', async () => {
  const { listen } = await serveLive();
  const ref = await order();
  const old = await versionOf(ref);
  await touchOrder(ground.pool, ref);
  const heard = await listen(`/${ref.code}?v=${old}`);
  await until('the change is told', 5_000, () => changes(heard) === 1);
});

test('asks Postgres nothing while nobody listens', async () => {
  const { asked, listen } = await serveLive();
  const ref = await order();
  expect(asked.times).toBe(0);
  await listen(`/${ref.code}`);
  await until('it looks', 5_000, () => asked.times > 0);
  open.splice(1).forEach((end) => {
    end();
  });
  const before = asked.times;
  // Were it still looking, a second listener of another server would see it do so.
  const witness = await serveLive();
  await witness.listen(`/${ref.code}`);
  await until('the witness looks three times', 8_000, () => witness.asked.times >= 3);
  expect(asked.times).toBeLessThanOrEqual(before + 1);
});

test('takes no more listeners than it can hold, and ends all when the process stops', async () => {
  const { stop, listen } = await serveLive(2);
  const ref = await order();
  const heard = await Promise.all([listen(`/${ref.code}`), listen(`/${ref.code}`)]);
  expect((await listen(`/${ref.code}`)).status).toBe(503);
  expect(heard.map(({ status }) => status)).toEqual([200, 200]);
  stop();
  await until('the connections end', 5_000, () => heard.every(({ ended }) => ended));
  expect((await listen(`/${ref.code}`)).status).toBe(503);
});
