import type { Api, GrammyError } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, startSandbox, until } from './support.ts';
import { apiOf, peopleOf, SITI } from './telegramchat.ts';

let sandbox: Running;
let api: Api;
let people: ReturnType<typeof peopleOf>;
beforeEach(async () => {
  sandbox = await startSandbox();
  api = apiOf(sandbox);
  people = peopleOf(sandbox);
  await api.getMe();
});
afterEach(() => sandbox.stop());

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a second caller ends the first one that waits for updates', async () => {
  const first = errorOf(api.getUpdates({ timeout: 50 }));
  // The second may come before the first has begun to wait: then they change places.
  const second = errorOf(api.getUpdates({ timeout: 50 }));
  expect(await Promise.race([first, second])).toMatchObject({
    error_code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  });
  void people.say(SITI, 'satu');
  const both = await Promise.all([first, second]);
  expect(both.filter((error) => error === undefined)).toHaveLength(1);
  await api.getUpdates({ offset: 100_002 });
  await people.allAnswered();
});

test('a webhook that is set ends the wait of a caller', async () => {
  const both = [errorOf(api.getUpdates({ timeout: 50 })), errorOf(api.getUpdates({ timeout: 50 }))];
  // One was ended by the other, which waits now for certain.
  await Promise.race(both);
  await api.setWebhook(`${sandbox.receiver.url}/hook`);
  const reasons = (await Promise.all(both)).map((error) => (error as GrammyError).description);
  expect(reasons).toContain(
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );
});

test('an update is given again until an offset beyond it confirms it', async () => {
  void people.say(SITI, 'satu');
  void people.say(SITI, 'dua');
  const both = await until('two updates', async () => {
    const updates = await api.getUpdates();
    return updates.length === 2 ? updates : undefined;
  });
  expect((await api.getUpdates({ limit: 1 })).map((each) => each.update_id)).toEqual([
    both[0]?.update_id,
  ]);
  const rest = await api.getUpdates({ offset: (both[0]?.update_id ?? 0) + 1 });
  expect(rest).toEqual(both.slice(1));
  expect(await api.getUpdates({ offset: -1 })).toEqual(both.slice(1));
  expect(await api.getUpdates({ offset: (both[1]?.update_id ?? 0) + 1 })).toEqual([]);
  await people.allAnswered();
});

test('a caller that waits hears an update as soon as there is one', async () => {
  const waits = api.getUpdates({ timeout: 10 });
  void people.say(SITI, 'satu');
  expect(await waits).toMatchObject([{ message: { text: 'satu', from: { id: SITI } } }]);
  await api.getUpdates({ offset: 100_002 });
  await people.allAnswered();
});

test('only the kinds of update that were asked for come', async () => {
  await api.getUpdates({ allowed_updates: ['callback_query'] });
  await people.say(SITI, 'satu');
  expect(await api.getUpdates()).toEqual([]);
  await api.getUpdates({ allowed_updates: [] });
  void people.say(SITI, 'dua');
  await until('the other', async () => (await api.getUpdates()).length === 1);
  await api.getUpdates({ offset: 100_100 });
  await people.allAnswered();
});
