import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Entitlement, OtpSent, Subscribed, Subscription } from '../../src/api/answers.ts';
import { saveBase } from '../../src/db/plan/bases.ts';
import { inTransaction, many, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { codeIn, mailsTo } from '../bot/plan/ground.ts';
import type { Answer } from '../ground/http.ts';
import { useStack } from '../ground/stack.ts';
import { subscribersOf } from '../ground/subscriber.ts';
import { expectProblem, expectShape } from './support.ts';

const stack = useStack();
const { active } = subscribersOf(stack);
const RAFESS = '/api/v1/businesses/rafess';
let service: string;
beforeAll(async () => {
  service = await stack.tokenOf('service', 'rafess');
});

interface Owner {
  base: string;
  email: string;
}

let owners = 0;

/** The owner of a base of its own. */
async function newOwner(): Promise<Owner> {
  owners += 1;
  const base = `@api_base_${owners}`;
  const email = `api-${owners}@example.com`;
  const about = { business: 'rafess', base, name: base, ownerChat: 740_000 + owners, email };
  await inTransaction(stack.pool, (tx) => saveBase(tx, about));
  return { base, email };
}

/** How many calls for a code were let through. */
let allowed = 0;

async function askCode(email: unknown, business = 'rafess'): Promise<Answer> {
  const path = `/api/v1/businesses/${business}/otp`;
  const answer = await stack.call('POST', path, { body: { email } });
  // What is refused for its shape is refused before it is counted.
  if (answer.status !== 400 && answer.status !== 429) allowed += 1;
  return answer;
}

async function codeOf({ email }: Owner): Promise<string> {
  const known = (await mailsTo(stack, email)).length;
  expect((await askCode(email)).status).toBe(202);
  return codeIn(stack, email, known);
}

function subscribe(owner: Owner, otp: string, wish: object = {}, key?: string): Promise<Answer> {
  const body = { plan: 'weekly', ...owner, otp, ...wish };
  return stack.call('POST', `${RAFESS}/subscriptions`, { body, ...(key && { key }) });
}

const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

const entitlementOf = (base: string, token = service) =>
  stack.call('GET', `${RAFESS}/entitlements/${base}`, { token });

describe('asking for a code', () => {
  it('answers alike for an address that is registered and for one that is not', async () => {
    const { email } = await newOwner();
    const answers = [await askCode(email), await askCode('nobody@example.com')];
    for (const answer of answers) {
      expect(answer.status).toBe(202);
      expectShape(answer, OtpSent);
    }
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    await codeIn(stack, email, 0);
    expect(await mailsTo(stack, 'nobody@example.com')).toEqual([]);
  });

  it('refuses what is no address, and a business that is not there', async () => {
    expectProblem(await askCode('not an address'), 400, 'INVALID', '/email');
    expectProblem(await askCode(undefined), 400, 'INVALID', '/email');
    expectProblem(await askCode('a@example.com', 'nobody'), 404, 'NOT_FOUND');
  });

  it('leaves no digits and no address in what Temporal keeps', async () => {
    const owner = await newOwner();
    const code = await codeOf(owner);
    const { otpId } = await one<{ otpId: string }>(
      stack.pool,
      'select otp_id as "otpId" from otps where email = $1',
      [owner.email],
    );
    const handle = stack.client.workflow.getHandle(`otp:rafess:${otpId}`);
    await handle.result();
    const { events } = await handle.fetchHistory();
    const kept = events!.flatMap((event) => payloadsIn(event)).join('\n');
    expect(kept).toContain(otpId);
    expect(kept).not.toContain(owner.email);
    expect(kept.replaceAll(otpId, '')).not.toContain(code);
    const { sealed } = await one<{ sealed: Buffer | null }>(
      stack.pool,
      'select code_sealed as sealed from otps where otp_id = $1',
      [otpId],
    );
    expect(sealed).toBeNull();
  });
});

/** All that was said in a history: inputs, results, failures, in the clear. */
function payloadsIn(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(payloadsIn);
}

describe('subscribing', () => {
  it('makes a pending subscription, with a link to pay and one to look at', async () => {
    const owner = await newOwner();
    const made = await subscribe(owner, await codeOf(owner));
    expect(made.status).toBe(201);
    expectShape(made, Subscribed);
    expect(made.body).toMatchObject({ state: 'pending' });
    expect(made.headers.get('location')).toBe(made.body.statusUrl);
    expect(made.body.paymentUrl).toMatch(new RegExp(`^${stack.url}/pay/`));
    expect(made.body.paymentUrl).not.toContain(made.body.token);
    const shown = await stack.call('GET', `/api/v1/subscriptions/${made.body.token}`);
    expectShape(shown, Subscription);
    expect(shown.body).toMatchObject({
      code: made.body.code,
      state: 'pending',
      activeUntil: null,
      invoices: [{ paymentUrl: made.body.paymentUrl, state: 'pending', amountIdr: 15_000 }],
    });
    expect(JSON.stringify(shown.body)).not.toContain(owner.email);
  });

  it('refuses wrong input, each where it is, and uses no try of the code', async () => {
    const owner = await newOwner();
    const code = await codeOf(owner);
    const wishes: [object, ...string[]][] = [
      [{ plan: 'nothing' }, '/plan'],
      [{ base: '@nobody_at_all' }, '/base'],
      [{ base: 'no base' }, '/base'],
      [{ email: 'not an address' }, '/email'],
      [{ otp: '12345' }, '/otp'],
      [{ otp: 'abcdef' }, '/otp'],
      [{ plan: 'nothing', base: '@nobody_at_all' }, '/plan', '/base'],
    ];
    for (const [wish, ...pointers] of wishes) {
      expectProblem(await subscribe(owner, code, wish), 400, 'INVALID', ...pointers);
    }
    expect((await subscribe(owner, code)).status).toBe(201);
  });

  it('refuses a code that is wrong, over, used, or of another address', async () => {
    const [owner, stranger] = [await newOwner(), await newOwner()];
    const code = await codeOf(owner);
    expectProblem(await subscribe(owner, wrong(code)), 400, 'OTP_WRONG');
    const theirs = { email: stranger.email };
    const strangers = await codeOf(stranger);
    expectProblem(await subscribe(owner, strangers, theirs), 400, 'OTP_WRONG');
    expect((await subscribe(owner, code)).status).toBe(201);
    expectProblem(await subscribe(owner, code), 400, 'OTP_EXPIRED');
    await run(stack.pool, 'update otps set expires_at = now() where email = $1', [stranger.email]);
    expectProblem(await subscribe(stranger, strangers), 400, 'OTP_EXPIRED');
    const sold = 'select base from subscriptions where base = any($1)';
    expect(await many(stack.pool, sold, [[owner.base, stranger.base]])).toEqual([
      { base: owner.base },
    ]);
  });

  it('refuses every code after five wrong ones', async () => {
    const owner = await newOwner();
    const code = await codeOf(owner);
    for (const _ of [1, 2, 3, 4, 5]) {
      expectProblem(await subscribe(owner, wrong(code)), 400, 'OTP_WRONG');
    }
    expectProblem(await subscribe(owner, code), 429, 'OTP_TOO_MANY');
  });

  it('answers a pending one as it is, and an active one with a new invoice', async () => {
    const owner = await newOwner();
    const made = await subscribe(owner, await codeOf(owner));
    const same = await subscribe(owner, await codeOf(owner));
    expect([same.status, same.body]).toEqual([200, made.body]);
    const { base } = await active();
    const email = 'owner@subscriber.example';
    const first = await subscribe({ base, email }, await codeOf({ base, email }));
    expect([first.status, first.body.state]).toEqual([200, 'active']);
    const second = await subscribe({ base, email }, await codeOf({ base, email }));
    expect(second.body).toMatchObject({ code: first.body.code, token: first.body.token });
    expect(second.body.paymentUrl).not.toBe(first.body.paymentUrl);
  });

  it('answers the same key alike, and refuses it for another wish', async () => {
    const owner = await newOwner();
    const code = await codeOf(owner);
    const key = randomUUID();
    const made = await subscribe(owner, code, {}, key);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const again = await subscribe(owner, code, {}, key);
    expect([again.status, again.body]).toEqual([made.status, made.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(made.headers.get('idempotent-replayed')).toBeNull();
    const other = await subscribe(owner, code, { plan: 'monthly' }, key);
    expectProblem(other, 409, 'IDEMPOTENCY_MISMATCH');
    const asked = 'select 1 from payments where code = $1';
    expect(await many(stack.pool, asked, [made.body.code])).toHaveLength(1);
  });

  // Guards the second look for an answer: by then the first request of the key has used the code up.
  it('answers the same key alike also while it is still being answered', async () => {
    const owner = await newOwner();
    const code = await codeOf(owner);
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3, 4].map(() => subscribe(owner, code, {}, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.paymentUrl)).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.get('idempotent-replayed'));
    expect(replayed).toHaveLength(3);
  });

  it('uses a code once, whoever asks with it at the same time', async () => {
    const owner = await newOwner();
    const code = await codeOf(owner);
    const answers = await Promise.all([1, 2, 3, 4].map(() => subscribe(owner, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400]);
    const sold = 'select 1 from subscriptions where base = $1';
    expect(await many(stack.pool, sold, [owner.base])).toHaveLength(1);
  });

  it('is shown to nobody who has not its link', async () => {
    const shown = await stack.call('GET', `/api/v1/subscriptions/${'a'.repeat(43)}`);
    expectProblem(shown, 404, 'NOT_FOUND');
    expect(shown.headers.get('cache-control')).toContain('no-store');
  });
});

describe('an entitlement', () => {
  it('is what is paid for: none, then until the end of the period, then none', async () => {
    const { base } = await newOwner();
    const none = await entitlementOf(base);
    expectShape(none, Entitlement);
    expect(none.body).toEqual({ active: false, activeUntil: null });
    const paid = await active();
    const has = await entitlementOf(paid.base);
    expectShape(has, Entitlement);
    expect(has.body.active).toBe(true);
    const days = (Date.parse(has.body.activeUntil) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.01);
    expect(has.body.activeUntil).toMatch(/\+07:00$/);
    const gone = `update orders set ends_at = now(), next_deadline = 'end', next_deadline_at = now()
      where code = $1`;
    await run(stack.pool, gone, [paid.code]);
    const wake = () => stack.client.workflow.getHandle(`subscription:rafess:${paid.code}`);
    await wake().signal('wake');
    await until('it has ended', 20_000, async () => !(await entitlementOf(paid.base)).body.active);
  });

  it('is found with and without the sign of a channel, in letters of any size', async () => {
    const { base } = await active();
    for (const name of [base.slice(1), encodeURIComponent(base), base.toUpperCase()]) {
      expect((await entitlementOf(name)).body.active, name).toBe(true);
    }
    expectProblem(await entitlementOf('nobody_at_all'), 404, 'NOT_FOUND');
  });

  it("is for the service's own token, of this business", async () => {
    const { base } = await newOwner();
    const slamets = await stack.tokenOf('service', 'slamet');
    expectProblem(await entitlementOf(base, slamets), 403, 'FORBIDDEN');
    for (const role of ['staff', 'gate', 'auditor'] as const) {
      const token = await stack.tokenOf(role, 'rafess');
      expectProblem(await entitlementOf(base, token), 403, 'FORBIDDEN');
    }
    const path = `${RAFESS}/entitlements/${base}`;
    expectProblem(await stack.call('GET', path), 401, 'UNAUTHORIZED');
    const bases = await stack.call('GET', '/api/v1/admin/rafess/bookings', { token: service });
    expectProblem(bases, 403, 'FORBIDDEN');
  });
});

describe('codes of one address of the internet', () => {
  // Guards `limits.otp`: counted whether or not an address is registered. Last, since it uses them up.
  it('are thirty in a quarter of an hour', async () => {
    let answer = await askCode('nobody@example.com');
    for (let asked = 0; asked < 31 && answer.status === 202; asked += 1) {
      answer = await askCode('nobody@example.com');
    }
    expectProblem(answer, 429, 'SLOW_DOWN');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(allowed).toBe(30);
  });
});
