import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../src/local/until.ts';
import { readPdf } from '../documents/reading.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { createVisitor, type Visitor } from '../pages/visitor.ts';
import { BOOKINGS } from './support.ts';

const stack = useStack();

const SCRIPT = '<script>alert("x")</script>';
const SQL = `Robert'); drop table orders;--`;
const ARABIC = 'محمد بن عبد الله';
const EMOJI = 'Siti 🏔️👩‍👩‍👧';
const TURNED = '\u202eevil\u202c';
const NAMES = [SCRIPT, SQL, ARABIC, EMOJI, TURNED];
const EMAIL = 'strange.names@example.com';
const DATE = dayAhead(15);

let visitor: Visitor;
let booked: { code: string; token: string };

/** Not one of the names is markup of a page, and these stand on it as they were written. */
function expectAsText(html: string, ...names: string[]): void {
  expect(html).not.toContain('<script>alert');
  const read = html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  for (const name of names) expect(read).toContain(name);
}

const strangeWish = () => {
  const wish = partyWish(NAMES.length, { date: DATE, customer: { name: SCRIPT, email: EMAIL } });
  wish.participants?.forEach((person, at) => {
    person.name = NAMES[at]!;
  });
  return wish;
};

const open = async (address: string) => {
  const response = await fetch(new URL(address, stack.url));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

beforeAll(async () => {
  visitor = createVisitor(stack.url);
  const body = strangeWish();
  booked = (await stack.call('POST', BOOKINGS, { body, key: randomUUID() })).body;
  await stack.booking(booked.token, ({ payment }) => payment.state === 'pending');
});

// One booking of people with emoji, `<script>`, SQL and right-to-left text in their names.
describe('strange names', () => {
  it('come back in the form as they were typed', async () => {
    const form = await visitor.get(
      `/slamet/book?offering=bambangan&date=${DATE}&quantity=${NAMES.length}`,
    );
    const typed = Object.fromEntries(NAMES.map((name, at) => [`m${at}-name`, name]));
    const page = await visitor.press(form, { name: SCRIPT, email: 'x@', ...typed });
    expect(page.status).toBe(200);
    for (const name of [SQL, ARABIC, EMOJI, TURNED]) expect(page.html).toContain(`value="${name}"`);
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('value="&lt;script>alert(&quot;x&quot;)&lt;/script>"');
  });

  it('are only text on the page of the held place, and on the page of their provider', async () => {
    const held = await visitor.get(`/b/${booked.token}`);
    expect(held.status).toBe(200);
    expectAsText(held.html, SCRIPT);
    const { body } = await stack.call('GET', `/api/v1/bookings/${booked.token}`);
    const pay = await visitor.get(new URL(body.paymentUrl).pathname);
    expect(pay.status).toBe(302);
    const provided = await (await fetch(pay.headers.get('location')!)).text();
    expect(provided).not.toContain('<script>alert');
  });

  it('are only text on the paid page, one ticket each', async () => {
    await stack.provider(`${booked.code}-1`, 'settle');
    await stack.booking(booked.token, ({ tickets }) => tickets.length === NAMES.length);
    const page = await visitor.get(`/b/${booked.token}`);
    expectAsText(page.html, ...NAMES);
    expect(page.html.match(/<svg class="qr"/g)).toHaveLength(NAMES.length);
  });

  it('are printed on the tickets, whose codes are read, and on the receipt', async () => {
    const papers = `/api/v1/bookings/${booked.token}`;
    const tickets = await readPdf(await open(`${papers}/tickets.pdf`));
    expect(tickets).toHaveLength(NAMES.length);
    expect(tickets.every(({ qr }) => qr)).toBe(true);
    const printed = tickets.map(({ text }) => text.replace(/\n/g, ' '));
    expect(printed[0]).toContain(SCRIPT);
    expect(printed[1]).toContain(SQL);
    expect(printed[3]).toContain('Siti');
    expect(printed[4]).toContain('evil');
    const [receipt] = await readPdf(await open(`${papers}/receipt.pdf`));
    expect(receipt!.text.replace(/\n/g, ' ')).toContain(SCRIPT);
    const calendar = (await open(`${papers}/calendar.ics`)).toString();
    expect(calendar.match(/^BEGIN:/gm)).toHaveLength(calendar.match(/^END:/gm)!.length);
  });

  it('are only text in the mails, whose addresses and subjects they do not reach', async () => {
    const mailed = async () =>
      (await stack.sandbox.call('GET', `/control/mail?to=${EMAIL}`)).body.messages;
    await until('the receipt is mailed', 20_000, async () => (await mailed()).length > 0);
    for (const { to, subject, html } of await mailed()) {
      expect([to].flat()).toEqual([EMAIL]);
      expect(subject).not.toMatch(/script|drop table/);
      expect(html).not.toContain('<script>');
    }
    const mailbox = await (await fetch(`${stack.sandbox.url}/mail`)).text();
    expect(mailbox).not.toContain('<script>alert');
  });

  it('are what staff is told, by JSON that is no page, and can be looked for', async () => {
    const token = await stack.tokenOf('owner');
    const path = '/api/v1/admin/slamet/bookings';
    const shown = await stack.call('GET', `${path}/${booked.code}`, { token });
    expect(shown.headers.get('content-type')).toMatch(/^application\/json/);
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.body.customer.name).toBe(SCRIPT);
    const found = await stack.call('GET', `${path}?q=${encodeURIComponent(SCRIPT)}`, { token });
    expect(found.body.items.map(({ code }: { code: string }) => code)).toEqual([booked.code]);
    for (const q of [SQL, `%`, `_`, `' or 1=1--`]) {
      const answer = await stack.call('GET', `${path}?q=${encodeURIComponent(q)}`, { token });
      expect([q, answer.status, answer.body.items.length]).toEqual([q, 200, 0]);
    }
  });

  it('wait in line, and their page is as whole', async () => {
    const path = '/api/v1/businesses/slamet/waiting-list';
    const wish = { ...strangeWish(), date: dayAhead(16) };
    const { status, body } = await stack.call('POST', path, { body: wish, key: randomUUID() });
    expect(status).toBe(201);
    const page = await visitor.get(`/w/${body.token}`);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('<script>alert');
  });
});
