import { beforeAll, describe, expect, it } from 'vitest';
import { RIGHTS } from '../../src/api/access.ts';
import { SignedIn } from '../../src/api/answers.ts';
import { ROUTES } from '../../src/api/routes.ts';
import { createToken, ROLES, type Role } from '../../src/db/access.ts';
import { useStack } from '../ground/stack.ts';
import { expectProblem, expectShape } from './support.ts';

const stack = useStack();
const ADMIN = '/api/v1/admin/slamet';
const tokens = {} as Record<Role, string>;
let jiotOwner: string;
beforeAll(async () => {
  for (const role of ROLES) tokens[role] = await stack.tokenOf(role);
  jiotOwner = await stack.tokenOf('owner', 'jiot');
});

const ADMIN_ROUTES = ROUTES.filter((route) => route.operation.right !== undefined).map((route) => ({
  method: route.method.toUpperCase(),
  path: route.path
    .replace(':business', 'slamet')
    .replace(':code', 'AAAAAAAA')
    .replace(':id', '999999'),
}));

/** What each role may ask; whatever is not here is 403. */
const MAY: Record<Role, RegExp> = {
  owner: /./,
  staff: /^(?!(PUT|DELETE) .*(prices|options|service-hook))(?!.*entitlements)/,
  gate: /^(GET .*\/bookings|POST .*\/scan)/,
  auditor: /^GET (?!.*entitlements)/,
  service: /^GET .*\/entitlements\//,
};

describe('the rights of a token', () => {
  const cases = ADMIN_ROUTES.flatMap(({ method, path }) =>
    ROLES.map((role) => [role, method, path, MAY[role].test(`${method} ${path}`)] as const),
  );

  it('are those of the matrix, for every call', () => {
    expect(ADMIN_ROUTES.length).toBeGreaterThanOrEqual(17);
    expect(Object.keys(RIGHTS).sort()).toEqual([...ROLES].sort());
  });

  it.each(cases)('of role %s: %s %s → %s', async (role, method, path, may) => {
    const answer = await stack.call(method, path, {
      token: tokens[role],
      ...(method !== 'GET' && { body: {} }),
    });
    if (may) expect([401, 403]).not.toContain(answer.status);
    else expectProblem(answer, 403, 'FORBIDDEN');
  });

  it.each(ADMIN_ROUTES)('are none without a token: $method $path', async ({ method, path }) => {
    expectProblem(await stack.call(method, path), 401, 'UNAUTHORIZED');
    const wrong = await stack.call(method, path, { token: 'psn_wrong' });
    expectProblem(wrong, 401, 'UNAUTHORIZED');
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each(ADMIN_ROUTES)("end at one's own business: $method $path", async ({ method, path }) => {
    expectProblem(await stack.call(method, path, { token: jiotOwner }), 403, 'FORBIDDEN');
  });

  it('end with the token', async () => {
    const past = new Date(Date.now() - 1);
    const token = await createToken(stack.pool, 'slamet', 'owner', 'old', past);
    expectProblem(await stack.call('GET', `${ADMIN}/audit`, { token }), 401, 'UNAUTHORIZED');
  });

  it.each([
    ['Basic', 'Basic cGVzYW46cGVzYW4='],
    ['no scheme', 'psn_abc'],
    ['NUL', 'Bearer \u00ff'],
  ])('are none for %s', async (_what, authorization) => {
    const headers = { authorization };
    expectProblem(await stack.call('GET', `${ADMIN}/audit`, { headers }), 401, 'UNAUTHORIZED');
  });
});

describe('staff', () => {
  const signIn = (email: string, password: string) =>
    stack.call('POST', `${ADMIN}/sign-in`, { body: { email, password } });

  it('sign in with e-mail and password, whatever the case of the e-mail', async () => {
    const answer = await signIn('Staff@Slamet.example', 'pesan-demo');
    expect(answer.status).toBe(200);
    expectShape(answer, SignedIn);
    expect(answer.body.role).toBe('staff');
    const hours = (Date.parse(answer.body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(12, 1);
    const { token } = answer.body;
    expect((await stack.call('GET', `${ADMIN}/audit`, { token })).status).toBe(200);
  });

  it('with a wrong password, or unknown, are told the same', async () => {
    const wrong = await signIn('owner@slamet.example', 'guess');
    const unknown = await signIn('nobody@slamet.example', 'guess');
    expectProblem(wrong, 401, 'UNAUTHORIZED');
    expect(unknown.body).toEqual(wrong.body);
  });

  it('sign in where they work', async () => {
    const body = { email: 'owner@slamet.example', password: 'pesan-demo' };
    const answer = await stack.call('POST', '/api/v1/admin/jiot/sign-in', { body });
    expectProblem(answer, 401, 'UNAUTHORIZED');
    const nowhere = await stack.call('POST', '/api/v1/admin/everest/sign-in', { body });
    expectProblem(nowhere, 404, 'NOT_FOUND');
  });

  it('are slowed down at the eleventh try', async () => {
    const tries = [];
    for (let n = 0; n < 11; n += 1) tries.push(await signIn('gate@slamet.example', `guess ${n}`));
    expect(tries.slice(0, 10).map((one) => one.status)).toEqual(Array(10).fill(401));
    const last = await signIn('gate@slamet.example', 'pesan-demo');
    expectProblem(last, 429, 'SLOW_DOWN');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await signIn('owner@slamet.example', 'pesan-demo')).status).toBe(200);
  });
});
