import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '../../src/payments/provider.ts';
import { everythingIn, newCharge } from './contract.ts';
import { xenditAccountOf, xenditAt } from './ground.ts';
import { failureOf, invoice, json, PAID, REF, startWire, text, type Wire } from './wire.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await startWire(xenditAt, xenditAccountOf('slamet'));
});
beforeEach(() => wire.answer(json([invoice()])));
afterAll(() => wire?.close());

const ask = (provider: Provider = wire.provider, ref = REF) => provider.ask(wire.account, ref);

describe('an answer that is none', () => {
  test.each([
    ['HTML under 200', text('<html>Just a moment…</html>')],
    ['HTML under 404', text('<html>Not here</html>', 404)],
    ['HTML under 502', text('<html>Bad gateway</html>', 502)],
    ['nothing', text('', 200, 'application/json')],
    ['null', text('null', 200, 'application/json')],
    ['a number', text('7', 200, 'application/json')],
    ['half of a list', text('[{"id":"65f0', 200, 'application/json')],
    ['an object where a list was asked for', json(invoice())],
    ['an invoice without a status', json([invoice({ status: undefined })])],
    ['an invoice with an id that is a path', json([invoice({ id: '../balance' })])],
    ['two megabytes', json([invoice({ description: 'x'.repeat(2_000_000) })])],
    ['a 404 of some other server', json({ error: 'Nothing at /v2.' }, 404)],
  ])('%s may be asked again', async (_what, respond) => {
    wire.answer(respond);
    expect((await failureOf(ask())).temporary).toBe(true);
  });

  test('a connection that breaks in the middle may be asked again', async () => {
    wire.answer((res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      res.write('[{"id":"65f0');
      setImmediate(() => res.socket?.destroy());
    });
    expect((await failureOf(ask())).temporary).toBe(true);
  });

  // Guards `unreachable` in client.ts: the package lets "fetch failed" through as it is.
  test('a server that is not there may be asked again, and is named by its code', async () => {
    const gone = await startWire(xenditAt);
    await gone.close();
    const error = await failureOf(ask(xenditAt(gone.url, 2_000)));
    expect(error).toMatchObject({
      temporary: true,
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

describe('the deadline', () => {
  test.each([
    ['a server that never answers', () => undefined],
    [
      'an answer that drips for ever',
      (res: import('node:http').ServerResponse) => {
        res.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => res.write(' '), 10);
        res.on('close', () => clearInterval(drip));
      },
    ],
  ])('ends %s', async (_what, respond) => {
    wire.answer(respond);
    const begun = performance.now();
    const error = await failureOf(ask(wire.impatient(200)));
    expect(error).toMatchObject({ temporary: true, message: expect.stringMatching(/in time/) });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('is one for all requests of a call', async () => {
    wire.answer(
      (res, asked) => void setTimeout(() => json([invoice()])(res, asked), 600),
      () => undefined,
    );
    const begun = performance.now();
    const error = await failureOf(wire.impatient(1_000).cancel(wire.account, REF, null));
    expect(error.temporary).toBe(true);
    expect(wire.asked).toHaveLength(2);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });
});

describe('a request', () => {
  test('to read has no body, and connections are used again', async () => {
    await ask();
    const before = wire.connections();
    for (let i = 0; i < 5; i += 1) await ask();
    expect(wire.asked.map((asked) => asked.text).join('')).toBe('');
    expect(wire.connections() - before).toBeLessThan(5);
  });

  test('goes to the address that was set, a slash at the end or not', async () => {
    await ask(xenditAt(`${wire.url}/xendit/`, 2_000));
    expect(wire.asked.at(-1)?.line).toBe(`GET /xendit/v2/invoices?external_id=${REF}&limit=100`);
  });

  test('escapes what it asks about', async () => {
    await ask(wire.provider, 'a&b=c#d/../e');
    const asked = new URL(wire.asked.at(-1)?.line.split(' ')[1] ?? '', wire.url);
    expect(asked.pathname).toBe('/v2/invoices');
    expect(asked.searchParams.get('external_id')).toBe('a&b=c#d/../e');
  });

  test('does not follow a redirect with the key', async () => {
    wire.answer((res) => void res.writeHead(302, { location: `${wire.url}/elsewhere` }).end());
    const error = await failureOf(ask());
    expect(error).toMatchObject({ temporary: true, status: 302 });
    expect(wire.asked).toHaveLength(1);
    expect(everythingIn(error)).not.toContain(wire.account.serverKey);
  });

  test('names nobody, and has Xendit write to nobody', async () => {
    wire.answer(json([]), json(invoice()));
    const charge = newCharge();
    await wire.provider.createPage(wire.account, charge);
    expect(wire.asked.map(({ line }) => line.split('?')[0])).toEqual([
      'GET /v2/invoices',
      'POST /v2/invoices/',
    ]);
    expect(JSON.parse(wire.asked[1]?.text ?? '')).toEqual({
      external_id: charge.ref,
      amount: 75_000,
      currency: 'IDR',
      description: 'Bambangan × 3',
      invoice_duration: 30 * 60 - 30,
      should_send_email: false,
      success_redirect_url: `${charge.returnUrl}?order_id=${charge.ref}`,
      failure_redirect_url: `${charge.returnUrl}?order_id=${charge.ref}`,
    });
  });
});

describe('a failure', () => {
  const encoded = () => Buffer.from(`${wire.account.serverKey}:`).toString('base64');
  const refundOf = (provider: Provider) =>
    provider.refund(wire.account, {
      ...{ ref: REF, key: `${REF}-r1`, amountIdr: 1, paidIdr: 1, reason: 'For Sari Wirawan' },
    });

  test.each([400, 401, 403, 404, 409, 429, 500, 502])(
    'of status %i keeps neither key nor personal data',
    async (status) => {
      const message = `${wire.account.serverKey} ${encoded()} sari@example.com Sari Wirawan`;
      const refused = json({ error_code: 'API_VALIDATION_ERROR', message }, status);
      // Each call is refused at its first request and at the one that changes something.
      for (const first of [refused, json([]), json([invoice(PAID)]), json([invoice()])]) {
        for (const call of [
          () => wire.provider.createPage(wire.account, newCharge({ ref: REF })),
          () => wire.provider.cancel(wire.account, REF, null),
          () => refundOf(wire.provider),
          () => ask(),
        ]) {
          wire.answer(first, refused);
          const outcome = await call().catch((error: unknown) => error);
          expect(everythingIn(outcome)).not.toMatch(/xnd_dev|sari|wirawan|example\.com/i);
          expect(everythingIn(outcome)).not.toContain(encoded());
        }
      }
    },
  );

  test('that hangs keeps no key', async () => {
    wire.answer(() => undefined);
    expect(everythingIn(await failureOf(ask(wire.impatient(50))))).not.toMatch(/xnd_dev/);
  });

  test('says by its code what was refused', async () => {
    wire.answer(json([]), json({ error_code: 'MAXIMUM_TRANSFER_AMOUNT_ERROR' }, 400));
    const error = await failureOf(wire.provider.createPage(wire.account, newCharge()));
    expect(error).toMatchObject({ temporary: false, status: 400 });
    expect(error.message).toMatch(/open a page: MAXIMUM_TRANSFER_AMOUNT_ERROR/);
  });

  test.each([
    [400, 'API_VALIDATION_ERROR', false],
    [401, 'INVALID_API_KEY', false],
    [403, 'ACCESS_SUSPENDED', false],
    [404, 'INVOICE_NOT_FOUND_ERROR', false],
    [429, 'RATE_LIMIT_EXCEEDED', true],
    [500, 'SERVER_ERROR', true],
    [503, 'CHANNEL_UNAVAILABLE', true],
  ])('%i %s: temporary is %s', async (status, error_code, temporary) => {
    wire.answer(json({ error_code, message: 'No.' }, status));
    expect(await failureOf(ask())).toMatchObject({ temporary, status });
  });

  test('of a key that is no text for a header is permanent', async () => {
    const account = { ...wire.account, serverKey: 'xnd_development_ключ' };
    const error = await failureOf(wire.provider.ask(account, REF));
    expect(error.temporary).toBe(false);
    expect(everythingIn(error)).not.toContain('ключ');
    expect(wire.asked).toHaveLength(0);
  });
});

describe('what an answer says', () => {
  // The package reads six lists that may be left out, and drops what was paid.
  test('is read without the lists, and with what was paid', async () => {
    wire.answer(json([invoice(PAID)]), json({ data: [], has_more: false }));
    expect(await ask()).toEqual({
      state: 'paid',
      status: 'paid',
      method: 'ewallet',
      transactionId: 'ewc_1',
      paidIdr: 75_000,
      refundedIdr: 0,
      refundKeys: [],
      paidAt: new Date(PAID.paid_at),
    });
  });

  test.each([
    ['PAID', { paid_amount: 75_000 }, 'paid', 75_000],
    ['SETTLED', { paid_amount: 75_000 }, 'paid', 75_000],
    ['SETTLED', { paid_amount: 50_000 }, 'paid', 50_000],
    ['PAID', {}, 'paid', 75_000],
    ['paid', {}, 'paid', 75_000],
    ['PENDING', {}, 'pending', 0],
    ['PENDING', { paid_amount: 75_000 }, 'pending', 0],
    ['EXPIRED', {}, 'expired', 0],
    ['EXPIRED', { paid_amount: 0 }, 'expired', 0],
    ['EXPIRED', { paid_amount: 75_000 }, 'paid', 75_000],
    ['PARTLY_SOMETHING', { paid_amount: 75_000 }, 'unknown', 0],
  ])('%s with %j is %s, %i rupiah', async (status, change, state, paidIdr) => {
    wire.answer(json([invoice({ status, ...change })]), json({ data: [] }));
    expect(await ask()).toMatchObject({ state, paidIdr });
  });

  test.each([{ currency: 'PHP' }, { paid_amount: 74_999.5 }, { paid_amount: -1 }, { amount: 0.5 }])(
    '%j is for an operator',
    async (change) => {
      wire.answer(json([invoice({ ...PAID, ...change })]), json({ data: [] }));
      expect((await failureOf(ask())).temporary).toBe(false);
    },
  );

  test('counts money on every invoice of a ref, and not on those of another', async () => {
    wire.answer(
      json([
        invoice({ ...PAID, id: '65f000000000000000000003', external_id: `${REF}0` }),
        invoice({ ...PAID, id: '65f000000000000000000002' }),
        invoice(PAID),
      ]),
      json({ data: [] }),
    );
    expect(await ask()).toMatchObject({ state: 'paid', paidIdr: 150_000 });
  });

  test('counts money when a key has no right to read refunds', async () => {
    wire.answer(json([invoice(PAID)]), json({ error_code: 'REQUEST_FORBIDDEN_ERROR' }, 403));
    expect(await ask()).toMatchObject({ state: 'paid', paidIdr: 75_000, refundedIdr: 0 });
  });
});
