import { expect, test } from 'vitest';
import { one } from '../../src/db/pool.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { createVisitor, type Seen, type Visitor, words } from './visitor.ts';

const stack = useStack();

const FORM = `/slamet/book?offering=bambangan&date=${dayAhead(20)}&quantity=1`;
const FIELDS = {
  name: 'Sari',
  email: 'sari@example.com',
  'm0-name': 'Sari',
  'm0-type': 'passport',
  'm0-number': 'G7654321',
};

async function countOrders(): Promise<number> {
  const row = await one<{ count: number }>(stack.pool, 'select count(*) as count from orders');
  return row.count;
}

/** Sends a form that is not to be done; answers the page that says so. */
async function refused(send: (visitor: Visitor, form: Seen) => Promise<Seen>): Promise<Seen> {
  const visitor = createVisitor(stack.url);
  const form = await visitor.get(FORM);
  const before = await countOrders();
  const page = await send(visitor, form);
  expect(page.status).toBe(403);
  expect(await countOrders()).toBe(before);
  return page;
}

test.each([
  ['the browser says that another site sent it', { 'sec-fetch-site': 'cross-site' }],
  ['the browser says that a neighbour sent it', { 'sec-fetch-site': 'same-site' }],
  ['its origin is another site', { origin: 'https://evil.example' }],
  ['its origin is no address', { origin: 'evil' }],
])('a form is refused when %s', async (_why, headers) => {
  const page = await refused((visitor, form) => visitor.send(form, FIELDS, { headers }));
  expect(words(page)).toContain('datang dari situs lain');
});

test.each([
  ['has no token', { formToken: '' }],
  ['has a made-up token', { formToken: 'mhq1abcd.AAAAAAAAAAAAAAAAAAAAAA' }],
  ['has a token that another browser was given', undefined],
])('a form that %s is shown once more, with what was typed, and then works', async (_why, by) => {
  const stranger = await createVisitor(stack.url).get(FORM);
  const formToken = /name="formToken" value="([^"]+)"/.exec(stranger.html)![1]!;
  let visitor: Visitor | undefined;
  const page = await refused((someone, form) => {
    visitor = someone;
    return someone.send(form, { ...FIELDS, ...(by ?? { formToken }) });
  });
  expect(words(page)).toContain('terlalu lama terbuka');
  expect(page.html).toContain('value="G7654321"');
  const fields = { ...FIELDS, 'm0-number': `H${String(Math.random()).slice(2, 9)}` };
  const sent = await visitor!.send(page, fields);
  expect(sent.status).toBe(303);
});

test('a form whose cookie is gone is shown once more', async () => {
  await refused((visitor, form) => {
    visitor.cookies.clear();
    return visitor.send(form, FIELDS);
  });
});

test('a booking is not cancelled and a wait not left by another site', async () => {
  const visitor = createVisitor(stack.url);
  const body = partyWish(1);
  const booking = await stack.call('POST', '/api/v1/businesses/slamet/bookings', {
    body,
    key: 'guard-cancel',
  });
  const page = await visitor.get(`/b/${booking.body.token}`);
  const foreign = { 'sec-fetch-site': 'cross-site' };
  const refused = await visitor.send(page, {}, { action: '/cancel', headers: foreign });
  expect(refused.status).toBe(403);
  const stale = await visitor.press(page, { formToken: 'x.y' }, { action: '/cancel' });
  expect(words(stale)).toContain('terlalu lama terbuka');
  const { body: now } = await stack.call('GET', `/api/v1/bookings/${booking.body.token}`);
  expect(now.state).toBe('held');
  const sent = await visitor.send(page, {}, { action: '/cancel' });
  expect(sent.status).toBe(303);
});

test('cookies are for this site and for no script, and pages are kept by nobody', async () => {
  const { headers } = await createVisitor(stack.url).get(FORM);
  const cookies = headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/;.*HttpOnly; SameSite=Lax/);
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  const policy = headers.get('content-security-policy')!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});

test('a link that opens nothing is a page that says so, and the API keeps its own words', async () => {
  const visitor = createVisitor(stack.url);
  for (const path of ['/nobody', '/b/short', `/b/${'x'.repeat(32)}`, '/w/x', '/slamet/x', '/A']) {
    const page = await visitor.get(path);
    expect([path, page.status]).toEqual([path, 404]);
    expect(words(page)).toContain('Halaman ini tidak ada');
  }
  for (const path of ['/api/v1/nothing', '/api/v1/bookings/x']) {
    const { status, headers } = await visitor.get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(headers.get('content-type')).toContain('application/problem+json');
  }
  const program = await visitor.get('/nobody', { accept: 'application/json' });
  expect(program.headers.get('content-type')).toContain('application/problem+json');
});

test.each([
  ['id-ID,id;q=0.9,en;q=0.8', 'id'],
  ['en-GB,en;q=0.9,id;q=0.8', 'en'],
  ['de-DE,de;q=0.9', 'en'],
  ['*', 'id'],
])('to a browser that asks for %s a page speaks %s', async (asked, language) => {
  const page = await createVisitor(stack.url).get('/slamet', { 'accept-language': asked });
  expect(page.html).toContain(`<html lang="${language}"`);
  expect(page.headers.get('vary')).toContain('Accept-Language');
});

test('a language that was chosen stays chosen', async () => {
  const visitor = createVisitor(stack.url);
  const headers = { 'accept-language': 'id' };
  const indonesian = await visitor.get('/slamet', headers);
  const other = /class="language" href="([^"]+)"/.exec(indonesian.html)![1]!;
  expect((await visitor.get(other, headers)).html).toContain('<html lang="en"');
  expect((await visitor.get('/', headers)).html).toContain('<html lang="en"');
});

test('style and islands are kept for ever under names that change with them', async () => {
  const visitor = createVisitor(stack.url);
  const { html } = await visitor.get('/');
  const style = /href="(\/assets\/style-[0-9a-f]{12}\.css)"/.exec(html)![1]!;
  const { status, headers } = await visitor.get(style);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toContain('immutable');
  expect((await visitor.get('/assets/style-000000000000.css')).status).toBe(404);
});

test.each([200_000, 5_000_000])('a form of %i bytes is refused as a page', async (bytes) => {
  const visitor = createVisitor(stack.url);
  const form = await visitor.get(FORM);
  const page = await visitor.send(form, { ...FIELDS, name: 'x'.repeat(bytes) });
  expect(page.status).toBe(413);
  expect(page.html).toMatch(/^<!doctype html>/);
});
