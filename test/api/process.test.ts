import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { useDatabase } from '../ground/database.ts';
import { TEST_SECRET } from '../ground/secret.ts';

const ground = useDatabase();
const MAIN = fileURLToPath(new URL('../../src/api/main.ts', import.meta.url));

let running: ChildProcess | undefined;
afterEach(() => running?.kill('SIGKILL'));

/** Starts the api as a process of its own; answers it and what it prints. */
function start(port: number, env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH,
      HOME,
      PORT: String(port),
      DATABASE_URL: ground.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      PESAN_SECRET: TEST_SECRET,
      ...env,
    },
  });
  running = child;
  const printed = { text: '' };
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        printed.text += chunk;
        if (printed.text.includes('{"ready":true}')) resolve();
      });
    }
  });
  return { child, printed, ready, ended: once(child, 'exit') as Promise<[number | null]> };
}

describe('the api as a process', () => {
  it('says when it is ready, answers, and ends by itself when told', async () => {
    const port = await freePort();
    const { child, ready, ended } = start(port);
    await ready;
    const health = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(await health.json()).toEqual({ database: true, temporal: true, room: true });
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });

  it('ends when its parent does', async () => {
    const { child, ready, ended } = start(await freePort());
    await ready;
    child.disconnect();
    expect((await ended)[0]).toBe(0);
  });

  it('starts while Temporal is down, and says that it is not ready', async () => {
    const port = await freePort();
    const { ready } = start(port, { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    await ready;
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const health = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toEqual({ database: true, temporal: false, room: true });
  });

  it('names the variable of a port that is taken', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { printed, ended } = start(port);
    expect((await ended)[0]).toBe(1);
    expect(printed.text).toContain('PORT');
    taken.close();
  });

  it('names what it lacks, and no secret', async () => {
    const { printed, ended } = start(await freePort(), { PESAN_SECRET: 'short-secret' });
    expect((await ended)[0]).toBe(1);
    expect(printed.text).toContain('PESAN_SECRET');
    expect(printed.text).not.toContain('short-secret');
  });
});
