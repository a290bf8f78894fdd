import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '../../src/payments/provider.ts';
import { everythingIn, newCharge } from './contract.ts';
import { midtransAt } from './ground.ts';
import { failureOf, json, REF, startWire, text, transaction, type Wire } from './wire.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
beforeEach(() => wire.answer(json(transaction())));
afterAll(() => wire?.close());

const ask = (provider: Provider = wire.provider, ref = REF) => provider.ask(wire.account, ref);

describe('an answer that is none', () => {
  test.each([
    ['HTML under 200', text('<html>Just a moment…</html>')],
    ['HTML under 404', text('<html>Not here</html>', 404)],
    ['nothing', text('', 200, 'application/json')],
    ['null', text('null', 200, 'application/json')],
    ['a list', text('[]', 200, 'application/json')],
    ['a number', text('7', 200, 'application/json')],
    ['half of an object', text('{"status_code":"200","transaction_st', 200, 'application/json')],
    ['an object without a status', json({ status_code: '200', order_id: REF })],
    ['a status that is no number', json(transaction({ status_code: 'ok' }))],
    ['another order', json(transaction({ order_id: 'WIRE0002-1' }))],
    ['two megabytes', json(transaction({ more: 'x'.repeat(2_000_000) }))],
    ['a 404 of some other server', json({ error: 'Nothing at /midtrans/v2.' }, 404)],
  ])('%s may be asked again', async (_what, respond) => {
    wire.answer(respond);
    expect((await failureOf(ask())).temporary).toBe(true);
  });

  test('a connection that breaks in the middle may be asked again', async () => {
    wire.answer((res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      res.write('{"status_code":"200",');
      setImmediate(() => res.socket?.destroy());
    });
    expect((await failureOf(ask())).temporary).toBe(true);
  });

  test('a server that is not there may be asked again, and is named by its code', async () => {
    const gone = await startWire();
    await gone.close();
    const error = await failureOf(ask(midtransAt(gone.url, 2_000)));
    expect(error).toMatchObject({
      temporary: true,
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

describe('the deadline', () => {
  // Guards the signal of `begin` in client.ts: axios' own time-out never ends this.
  test('ends an answer that drips for ever', async () => {
    wire.answer((res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => res.write(' '), 10);
      res.on('close', () => clearInterval(drip));
    });
    const begun = performance.now();
    const error = await failureOf(ask(wire.impatient(200)));
    expect(error).toMatchObject({ temporary: true, message: expect.stringMatching(/in time/) });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('is one for all requests of a call', async () => {
    const missing = { status_code: '404', status_message: "Transaction doesn't exist." };
    wire.answer(
      (res, asked) => void setTimeout(() => json(missing)(res, asked), 600),
      () => undefined,
    );
    const begun = performance.now();
    const error = await failureOf(wire.impatient(1_000).cancel(wire.account, REF, 'token-1'));
    expect(error.temporary).toBe(true);
    expect(wire.asked).toHaveLength(2);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });
});

describe('a request', () => {
  test('to read has no body, and connections are used again', async () => {
    const before = wire.connections();
    for (let i = 0; i < 5; i += 1) await ask();
    expect(wire.asked.map(({ text }) => text).join('')).toBe('');
    expect(wire.connections() - before).toBeLessThanOrEqual(1);
  });

  test('goes to the addresses that were set, a slash at the end or not', async () => {
    await ask(midtransAt(`${wire.url}/`, 2_000)).catch(() => undefined);
    await ask();
    expect(wire.asked.at(-1)?.line).toBe(`GET /midtrans/v2/${REF}/status`);
  });

  test.each(['', '.', '..', '../x', 'a/b', 'a?b', 'a#b', 'a b', '%2e%2e', 'x'.repeat(101)])(
    'is never made for the id %j',
    async (ref) => {
      expect((await failureOf(ask(wire.provider, ref))).temporary).toBe(false);
      expect(wire.asked).toHaveLength(0);
    },
  );

  test('does not follow a redirect with the key', async () => {
    wire.answer((res) => void res.writeHead(302, { location: `${wire.url}/elsewhere` }).end());
    const error = await failureOf(ask());
    expect(error).toMatchObject({ temporary: true, status: 302 });
    expect(wire.asked).toHaveLength(1);
    expect(everythingIn(error)).not.toContain(wire.account.serverKey);
  });
});

describe('a failure', () => {
  const encoded = () => Buffer.from(`${wire.account.serverKey}:`).toString('base64');

  // Guards `failed` in answers.ts: errors of midtrans-client carry the key in rawHttpClientData.
  test.each([400, 401, 403, 404, 412, 429, 500, 502])(
    'of status %i keeps neither key nor personal data',
    async (status) => {
      const words = `${wire.account.serverKey} ${encoded()} sari@example.com +62 812-3456-7890 Sari wirawan`;
      const body = { status_code: String(status), status_message: words, error_messages: [words] };
      for (const respond of [json(body), json(body, status)]) {
        wire.answer(respond);
        const calls = [
          wire.provider.createPage(wire.account, newCharge()),
          wire.provider.cancel(wire.account, REF, 'token-1'),
          wire.provider.refund(wire.account, {
            ref: REF,
            key: `${REF}-r1`,
            amountIdr: 1,
            paidIdr: 1,
            reason: '',
          }),
        ];
        for (const outcome of await Promise.allSettled(calls)) {
          const error = outcome.status === 'rejected' ? outcome.reason : outcome.value;
          expect(everythingIn(error)).not.toMatch(/SB-Mid|sari|wirawan|example|812-3456/i);
          expect(everythingIn(error)).not.toContain(encoded());
        }
      }
    },
  );

  test('of a page that repeats what it was sent keeps nothing of it', async () => {
    wire.answer((res, asked) => text(`<pre>${asked.headers.authorization}</pre>`, 502)(res, asked));
    expect(everythingIn(await failureOf(ask()))).not.toContain(encoded());
  });

  test('that hangs keeps no key', async () => {
    wire.answer(() => undefined);
    const error = await failureOf(ask(wire.impatient(50)));
    expect(everythingIn(error)).not.toMatch(/SB-Mid/);
  });

  test('says in the provider’s words what was refused', async () => {
    wire.answer(json({ error_messages: ['expiry must be at least 5 minutes'] }, 400));
    const error = await failureOf(wire.provider.createPage(wire.account, newCharge()));
    expect(error).toMatchObject({ temporary: false, status: 400 });
    expect(error.message).toMatch(/open a page: expiry must be at least 5 minutes/);
  });

  test.each([
    ['401', false],
    ['402', false],
    ['413', false],
    ['429', true],
    ['503', true],
  ])('of status %s in a body: temporary is %s', async (status_code, temporary) => {
    wire.answer(json({ status_code, status_message: 'No.' }));
    expect(await failureOf(ask())).toMatchObject({ temporary, status: Number(status_code) });
  });
});
