import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { verify } from '@node-rs/argon2';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../src/api/admin/signin.ts';
import { addressOf } from '../../src/api/limits.ts';
import { createToken } from '../../src/db/access.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { startStack, useStack } from '../ground/stack.ts';
import { BOOKINGS, book, expectProblem } from './support.ts';

const lines: string[] = [];
const log = pino(
  { level: 'debug' },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
);
const stack = useStack({ api: { log } });

describe('every answer', () => {
  it.each(['/healthz', '/api/docs', '/api/v1/businesses/slamet/offerings', '/nowhere'])(
    'at %s carries what keeps browsers safe',
    async (path) => {
      const { headers } = await stack.call('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('of the API is kept by nobody', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(3) });
    for (const path of [`bookings/${body.token}`, 'businesses/slamet/offerings', 'nowhere']) {
      const { headers } = await stack.call('GET', `/api/v1/${path}`);
      expect(headers.get('cache-control')).toBe('private, no-store');
    }
  });

  it('at an address that is not there is a problem, whatever the method', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nowhere'],
      ['POST', '/webhooks/xendit'],
      ['PATCH', BOOKINGS],
      ['DELETE', '/api/v1/bookings/x'],
    ] as const) {
      const headers = { accept: 'application/json' };
      expectProblem(await stack.call(method, path, { headers }), 404, 'NOT_FOUND');
    }
  });

  it('of the documentation needs nothing from elsewhere, and no script', async () => {
    const { body } = await stack.call('GET', '/api/docs');
    expect(body).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    expect(body.match(/(?:href|src)="(?!\/api\/|#)[^"]*"/g)).toBeNull();
    expect(body).toContain('id="identity-already-booked"');
    const style = await stack.call('GET', '/api/docs.css');
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(style.body).not.toContain('url(');
  });
});

describe('the log', () => {
  it('tells of requests by their route, and of nobody', async () => {
    const wish = partyWish(1, {
      date: dayAhead(4),
      customer: { name: 'Rahasia Sekali', email: 'rahasia@example.com', phone: '0812345678901' },
    });
    const { body } = await stack.call('POST', BOOKINGS, { body: wish, key: randomUUID() });
    await stack.call('GET', `/api/v1/bookings/${body.token}`);
    await stack.call('GET', `/pay/${body.paymentUrl.split('/').at(-1)}`);
    await stack.call('GET', '/api/v1/admin/slamet/bookings?q=rahasia@example.com', {
      token: await stack.tokenOf('owner'),
    });
    const written = lines.join('');
    expect(written).toContain('"route":"/api/v1/bookings/:token"');
    expect(written).toContain('"route":"/pay/:token"');
    expect(written).toMatch(/"method":"POST".*"status":201.*"ms":\d+/);
    const secrets = [body.token, 'ahasia', '0812345678901', 'psn_'];
    for (const secret of [...secrets, wish.participants![0]!.identityNumber]) {
      expect(written).not.toContain(secret);
    }
  });

  it('of a bug has where it was, and the answer has nothing of it', async () => {
    const other = await startStack({
      api: {
        log,
        texts: () => {
          throw new Error('rahasia@example.com cannot be written to');
        },
        now: () => {
          throw new TypeError('rahasia@example.com broke the clock');
        },
      },
    });
    try {
      const path = '/api/v1/businesses/slamet/availability?offering=guci';
      const answer = await other.call('GET', path);
      expectProblem(answer, 500, 'INTERNAL');
      expect(JSON.stringify(answer.body)).not.toMatch(/rahasia|clock|TypeError|\.ts/);
      const line = lines.find((text) => text.includes('A request failed'));
      expect(line).toContain('TypeError');
      expect(line).toContain('offers.ts');
      expect(line).not.toContain('rahasia');
    } finally {
      await other.close();
    }
  });
});

describe('a limit', () => {
  it('slows down an address that books too much, and says for how long', async () => {
    const other = await startStack({ bookingsPerMinute: 3 });
    try {
      const answers = [];
      for (let n = 0; n < 5; n += 1) answers.push(await book(other, 1, { date: dayAhead(5) }));
      expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 429, 429]);
      const last = answers.at(-1)!;
      expectProblem(last, 429, 'SLOW_DOWN');
      const seconds = Number(last.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect((await other.call('GET', '/api/v1/businesses/slamet/offerings')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('is shared by replicas', async () => {
    const one = await startStack({ bookingsPerMinute: 2 });
    const two = await startStack({ bookingsPerMinute: 2, api: { countersPool: one.pool } });
    try {
      expect((await book(one, 1, { date: dayAhead(5) })).status).toBe(201);
      expect((await book(two, 1, { date: dayAhead(5) })).status).toBe(201);
      expectProblem(await book(one, 1, { date: dayAhead(5) }), 429, 'SLOW_DOWN');
      expectProblem(await book(two, 1, { date: dayAhead(5) }), 429, 'SLOW_DOWN');
    } finally {
      await two.close();
      await one.close();
    }
  });

  it('slows down who guesses links, and then answers right ones no better', async () => {
    const other = await startStack();
    try {
      const { body } = await book(other, 1, { date: dayAhead(5) });
      const guesses = await Promise.all(
        Array.from({ length: 61 }, (_, n) =>
          other.call('GET', `/api/v1/bookings/${String(n).padStart(32, 'x')}`),
        ),
      );
      const statuses = guesses.map((guess) => guess.status).sort();
      expect(statuses).toEqual([...Array(60).fill(404), 429]);
      expectProblem(await other.call('GET', `/api/v1/bookings/${body.token}`), 429, 'SLOW_DOWN');
      expectProblem(await other.call('GET', `/pay/${'y'.repeat(32)}`), 429, 'SLOW_DOWN');
    } finally {
      await other.close();
    }
  });

  it('slows down who asks which identities are booked', async () => {
    const other = await startStack({ bookingsPerMinute: 300 });
    try {
      const wish = partyWish(1, { date: dayAhead(5) });
      await other.call('POST', BOOKINGS, { body: wish, key: randomUUID() });
      const ask = (body = wish) => other.call('POST', BOOKINGS, { body, key: randomUUID() });
      const answers = [];
      for (let n = 0; n < 31; n += 1) answers.push((await ask()).status);
      expect(answers).toEqual([...Array(30).fill(409), 429]);
      expectProblem(await ask(partyWish(1, { date: dayAhead(5) })), 429, 'SLOW_DOWN');
    } finally {
      await other.close();
    }
  });

  it('that cannot be counted lets book, and lets nobody sign in', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const broken = new Proxy(stack.pool, {
      get: (pool, key) =>
        key === 'query' || key === 'connect' ? () => Promise.reject(away) : Reflect.get(pool, key),
    });
    const other = await startStack({ api: { countersPool: broken } });
    try {
      expect((await book(other, 1, { date: dayAhead(5) })).status).toBe(201);
      const signIn = await other.call('POST', '/api/v1/admin/slamet/sign-in', {
        body: { email: 'owner@slamet.example', password: 'pesan-demo' },
      });
      expectProblem(signIn, 503, 'UNAVAILABLE');
    } finally {
      await other.close();
    }
  });

  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('counts %s as %s', (ip, counted) => {
    expect(addressOf({ ip })).toBe(counted);
  });
});

describe('behind a proxy', () => {
  it('believes the address that it was told of only where it is trusted', async () => {
    const trusting = await startStack({ bookingsPerMinute: 1, api: { trustProxy: '1' } });
    const distrusting = await startStack({ bookingsPerMinute: 1 });
    const from = (address: string) => ({
      body: partyWish(1, { date: dayAhead(6) }),
      key: randomUUID(),
      headers: { 'x-forwarded-for': address },
    });
    try {
      expect((await trusting.call('POST', BOOKINGS, from('10.0.0.1'))).status).toBe(201);
      expect((await trusting.call('POST', BOOKINGS, from('10.0.0.2'))).status).toBe(201);
      expect((await trusting.call('POST', BOOKINGS, from('10.0.0.1'))).status).toBe(429);
      expect((await distrusting.call('POST', BOOKINGS, from('10.0.0.1'))).status).toBe(201);
      expect((await distrusting.call('POST', BOOKINGS, from('10.0.0.2'))).status).toBe(429);
    } finally {
      await trusting.close();
      await distrusting.close();
    }
  });
});

describe('an outage', () => {
  it('of the workers is 503, and the same key books once when they are back', async () => {
    const other = await startStack();
    try {
      await other.worker.stop();
      const key = randomUUID();
      const wish = partyWish(1, { date: dayAhead(7) });
      const refused = other.call('POST', BOOKINGS, { body: wish, key });
      // The api waits 20 s for a worker; one that comes back meanwhile answers in time.
      await other.worker.start();
      expect((await refused).status).toBe(201);
      const again = await other.call('POST', BOOKINGS, { body: wish, key });
      expect(again.body).toEqual((await refused).body);
    } finally {
      await other.close();
    }
  });

  it('of Temporal is 503 with a time to ask again, and the same key books once after', async () => {
    let isDown = true;
    const away = () => Promise.reject(new Error('14 UNAVAILABLE'));
    const other = await startStack({
      changeWorkflows: (workflows) => ({
        ...workflows,
        hold: (subject) => (isDown ? away() : workflows.hold(subject)),
      }),
    });
    try {
      const key = randomUUID();
      const wish = partyWish(1, { date: dayAhead(8) });
      const refused = await other.call('POST', BOOKINGS, { body: wish, key });
      expectProblem(refused, 503, 'UNAVAILABLE');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      isDown = false;
      const held = await other.call('POST', BOOKINGS, { body: wish, key });
      expect(held.status).toBe(201);
      const { rows } = await other.pool.query('select count(*) as n from orders');
      expect(rows[0].n).toBe(1);
    } finally {
      await other.close();
    }
  });

  it('of the provider keeps the place, shows the wait, and sync says so', async () => {
    const other = await startStack();
    try {
      const fault = { provider: 'midtrans', api: { status: 503 } };
      await other.sandbox.call('PUT', '/control/faults', { body: fault });
      const { body } = await book(other, 1, { date: dayAhead(9) });
      const pay = await other.call('GET', new URL(body.paymentUrl).pathname);
      expect(pay.status).toBe(200);
      expect(pay.headers.get('refresh')).toBe('2');
      expect(pay.body).not.toContain(body.token);
      const token = await createToken(other.pool, 'slamet', 'owner', 'test');
      const sync = '/api/v1/admin/slamet/payments/sync';
      expectProblem(await other.call('POST', sync, { token }), 503, 'UNAVAILABLE');
      await other.sandbox.call('DELETE', '/control/faults');
      await other.booking(body.token, (seen) => seen.payment.state === 'pending');
      expect((await other.call('GET', new URL(body.paymentUrl).pathname)).status).toBe(302);
      expect((await other.call('POST', sync, { token })).body).toMatchObject({ checked: 1 });
    } finally {
      await other.close();
    }
  });
});

describe('an unknown e-mail', () => {
  // Guards `NOBODY`: a text that is no hash would be refused at once, and the time would tell.
  it('is verified against a hash like any other', async () => {
    expect(await verify(NOBODY, 'pesan-demo')).toBe(false);
  });
});
