import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { many } from '../../src/db/pool.ts';
import { freePort } from '../../src/local/ports.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead } from '../ground/core.ts';
import { TEST_SECRET } from '../ground/secret.ts';
import { useStack } from '../ground/stack.ts';
import { chatOf } from './talk.ts';

const stack = useStack();
const MAIN = fileURLToPath(new URL('../../src/api/main.ts', import.meta.url));

const running = new Set<ChildProcess>();
afterEach(async () => {
  await Promise.all([...running].map(kill));
});

/** An api as a process of its own, beside the stack's, which asks for no updates. */
async function startApi(): Promise<ChildProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH,
      HOME,
      PORT: String(await freePort()),
      DATABASE_URL: stack.databaseUrl,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: stack.client.options.namespace,
      PESAN_SECRET: TEST_SECRET,
      PUBLIC_URL: stack.url,
      TELEGRAM_API_ROOT: `${stack.sandbox.url}/telegram`,
    },
  });
  running.add(child);
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('{"ready":true}') && resolve());
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function monday(): string {
  for (let ahead = 5; ; ahead += 1) {
    const date = dayAhead(ahead);
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 1) return date;
  }
}

describe('a process that is killed in the middle of a form', () => {
  it('is followed by another, which goes on where it stood', { timeout: 90_000 }, async () => {
    const talk = chatOf(stack, 301);
    const first = await startApi();
    await talk.say('/order');
    await talk.press('Booking');
    await talk.say(monday());
    await kill(first);
    const pressing = talk.press('iPhone 13');
    await startApi();
    await pressing;
    await until('the next step is there', 30_000, async () =>
      (await talk.messages()).some((message) => message.text.includes('Jam berapa?')),
    );
    await talk.press('11:00');
    await talk.press('Layar (Rp850.000)');
    await talk.press('Lanjut »');
    await talk.press('QRIS');
    await talk.book();
    const orders = await many(
      stack.pool,
      `select state, time, pay_method as "payMethod" from orders where chat_id = 301`,
    );
    expect(orders).toEqual([{ state: 'held', time: '11:00', payMethod: 'qris' }]);
  });

  it('leaves nothing unsaid when it ends by itself', { timeout: 90_000 }, async () => {
    const talk = chatOf(stack, 302);
    const first = await startApi();
    const saying = talk.say('/help');
    // Its update is taken; what the bot says of it may be under way still.
    await until('the update is taken', 15_000, async () => {
      const taken = await many(stack.pool, 'select 1 from chats where chat_id = 302');
      return taken.length === 1;
    });
    const ended = once(first, 'exit');
    first.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    running.delete(first);
    await saying;
    const states = await many(stack.pool, 'select state from outgoing where chat_id = 302');
    expect(states).toEqual([{ state: 'sent' }]);
    expect((await talk.messages()).filter(({ from }) => from === 'bot')).toHaveLength(1);
  });
});
