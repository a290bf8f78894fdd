import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { book } from '../api/support.ts';
import { useCli } from '../ground/cli.ts';
import { dayAhead } from '../ground/core.ts';
import { TEST_SECRET } from '../ground/secret.ts';
import { useStack } from '../ground/stack.ts';

const stack = useStack();
/** The demo business's bot in the sandbox. */
const JIOT_BOT = '9100:sandbox-jiot';
const cli = useCli(stack);
const { pesan } = cli;

describe('the command line', () => {
  it('prints just a token, which opens what its role may', async () => {
    const { code, out, err } = await pesan([
      'token',
      'create',
      '--business',
      'slamet',
      '--role',
      'gate',
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^psn_[\w-]{43}\n$/);
    const token = out.trim();
    const path = '/api/v1/admin/slamet';
    expect((await stack.call('GET', `${path}/bookings`, { token })).status).toBe(200);
    expect((await stack.call('GET', `${path}/ledger`, { token })).status).toBe(403);
  });

  it.each([
    ['nothing', []],
    ['a flag that is not there', ['payments', 'sync', '--all']],
    ['no role', ['token', 'create', '--business', 'slamet']],
    ['a role that is not there', ['token', 'create', '--business', 'slamet', '--role', 'king']],
    ['no code', ['booking', 'show']],
    ['two codes', ['booking', 'show', 'AAAAAAAA', 'BBBBBBBB']],
    ['a span that is none', ['rehearse', 'AAAAAAAA', '--forward', 'a month']],
  ])('given %s shows how it is used, and exits 2', async (_what, args) => {
    const { code, out, err } = await pesan(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('token create --business B');
  });

  it.each([
    [
      'an unknown business',
      ['token', 'create', '--business', 'everest', '--role', 'owner'],
      /business/,
    ],
    ['an unknown booking', ['booking', 'show', 'AAAAAAAA'], /AAAAAAAA/],
    ['an unknown order', ['rehearse', 'AAAAAAAA', '--forward', '31d'], /AAAAAAAA/],
    ['a file that is not there', ['replay', '/nowhere/history.json'], /nowhere/],
  ])('given %s says so, and exits 1', async (_what, args, words) => {
    const { code, out, err } = await pesan(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('says how to get an instance where there is none', async () => {
    const { code, err } = await pesan(['doctor'], path.join(cli.folder, 'nowhere'));
    expect(code).toBe(1);
    expect(err).toContain('npm start');
  });

  it('says that the database does not answer when it does not', async () => {
    const elsewhere = mkdtempSync(path.join(cli.folder, 'down-'));
    const env = {
      DATABASE_URL: 'postgres://x@127.0.0.1:1/x',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      PUBLIC_URL: 'http://127.0.0.1:1',
      PESAN_SECRET: TEST_SECRET,
    };
    writeFileSync(path.join(elsewhere, 'instance.json'), JSON.stringify({ env }));
    const { code, err } = await pesan(['booking', 'show', 'AAAAAAAA'], elsewhere);
    expect(code).toBe(1);
    expect(err).toContain('npm start');
    const looked = await pesan(['doctor'], elsewhere);
    expect(looked.code).toBe(1);
    expect(looked.out).toContain('Nothing runs here: run `npm start`');
  });

  it('syncs payments and shows a booking with its story, and nobody by name', async () => {
    const { body } = await book(stack, 1, {
      date: dayAhead(3),
      customer: { name: 'Rahasia', email: 'rahasia@example.com' },
    });
    await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
    await stack.provider(`${body.code}-1`, 'settle', { notify: false });
    const synced = await pesan(['payments', 'sync', '--code', body.code.toLowerCase()]);
    expect(synced.out).toContain(`${body.code}: pending → paid`);
    await stack.booking(body.token, (seen) => seen.tickets.length === 1);
    const shown = await pesan(['booking', 'show', body.code.toLowerCase(), '--json']);
    const story = JSON.parse(shown.out);
    expect(story).toMatchObject({ code: body.code, business: 'slamet', state: 'paid' });
    expect(story.story.payments).toHaveLength(1);
    expect(shown.out).not.toMatch(/ahasia|Pendaki/);
    expect(shown.out).not.toContain(body.token);
    const read = await pesan(['booking', 'show', body.code]);
    expect([read.code, read.err]).toEqual([0, '']);
    expect(read.out).toContain(`${body.code} · slamet · `);
    expect(read.out).toContain(`payment ${body.code}-1: Rp100.000 paid`);
    expect(read.out).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\+07:00 · .*tickets issued for /m);
    expect(read.out).not.toMatch(/ahasia|Pendaki|\/b\//);
    expect((await pesan(['events', 'redrive'])).out).toBe('Nothing to drive again.\n');
  });

  it('finds everything well where it is, and exits 1 where it is not', async () => {
    const well = await pesan(['doctor']);
    expect(well.out).not.toContain('BAD');
    expect(well.code).toBe(0);
    for (const what of ['Node', 'Postgres', 'schema', 'Temporal', 'provider', 'ledger']) {
      expect(well.out).toContain(`ok  ${what}: `);
    }
    await stack.pool.query(
      `update quota_slots set held = held + 1 where quota_id = 'guci' and date = $1`,
      [dayAhead(4)],
    );
    const ill = await pesan(['doctor']);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/BAD ledger: .*guci/);
    await stack.pool.query(
      `update quota_slots set held = held - 1 where quota_id = 'guci' and date = $1`,
      [dayAhead(4)],
    );
  });
});

describe('a new business', () => {
  const tour = {
    business: 'komodo',
    name: 'Komodo Tours',
    kind: 'permit',
    timeZone: 'Asia/Makassar',
    email: 'desk@komodo.example',
    rules: { maxParty: 4, holdMinutes: 15 },
    quotas: [{ quotaId: 'boat', name: 'Boat', capacity: 12 }],
    offerings: [{ offeringId: 'padar', name: 'Padar', priceIdr: 350_000, quotas: ['boat'] }],
  };

  it('is configuration: from a file it sells at once', async () => {
    const file = path.join(cli.folder, 'komodo.json');
    writeFileSync(file, JSON.stringify(tour));
    const made = await pesan(['business', 'create', '--file', file]);
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toContain(`${stack.url}/komodo`);
    expect(made.out).toContain(`${stack.url}/webhooks/midtrans/komodo`);
    const wish = {
      offering: 'padar',
      date: dayAhead(5),
      quantity: 1,
      customer: { name: 'Ayu', email: 'ayu@example.com' },
      participants: [{ name: 'Ayu', identityType: 'passport', identityNumber: 'Z1234567' }],
    };
    const held = await stack.call('POST', '/api/v1/businesses/komodo/bookings', {
      body: wish,
      key: 'first',
    });
    expect(held.body).toMatchObject({ state: 'held', amountIdr: 350_000 });
    expect(held.body.expiresAt).toMatch(/\+08:00$/);
    await stack.booking(held.body.token, (seen) => seen.payment.state === 'pending');
    await stack.provider(`${held.body.code}-1`, 'settle');
    await stack.booking(held.body.token, (seen) => seen.tickets.length === 1);
    const again = await pesan(['business', 'create', '--file', file]);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toContain('already');
  });

  it('is not called like an address of ours', async () => {
    const file = path.join(cli.folder, 'taken.json');
    writeFileSync(file, JSON.stringify({ ...tour, business: 'webhooks' }));
    const refused = await pesan(['business', 'create', '--file', file]);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain('/business: An address of Pesan itself begins so');
  });

  it('is made of the example of the documentation', async () => {
    const example = fileURLToPath(new URL('../../docs/examples/merbabu.json', import.meta.url));
    const made = await pesan(['business', 'create', '--file', example]);
    expect([made.code, made.err]).toEqual([0, '']);
  });

  it('may be told by flags, or on stdin', async () => {
    const flags = ['--business', 'barber', '--name', 'Barber Budi', '--kind', 'appointment'];
    const more = [
      '--email',
      'budi@barber.example',
      '--capacity',
      '1',
      '--offering',
      'cut,Cukur,40000',
    ];
    expect((await pesan(['business', 'create', ...flags, ...more])).code).toBe(0);
    const { body } = await stack.call('GET', '/api/v1/businesses/barber/offerings');
    expect(body.offerings).toMatchObject([{ id: 'cut', name: 'Cukur', priceIdr: 40_000 }]);
    const text = JSON.stringify({ ...tour, business: 'flores' });
    expect((await pesan(['business', 'create', '--file', '-'], cli.folder, text)).code).toBe(0);
  });

  it('with faults is refused with all of them, and nothing is made', async () => {
    const faulty = {
      ...tour,
      business: 'Bad Name',
      timeZone: 'Mars/Base',
      rules: { holdMinutes: 'long', colour: 'red' },
      offerings: [{ offeringId: 'x', name: 'X', priceIdr: -1, quotas: ['none'] }],
    };
    const { code, err } = await pesan(
      ['business', 'create', '--file', '-'],
      cli.folder,
      JSON.stringify(faulty),
    );
    expect(code).toBe(1);
    for (const pointer of [
      '/business',
      '/timeZone',
      '/rules/holdMinutes',
      '/offerings/0/priceIdr',
    ]) {
      expect(err).toContain(pointer);
    }
    const quota = {
      ...tour,
      business: 'lombok',
      offerings: [{ ...tour.offerings[0], quotas: ['x'] }],
    };
    const unknown = await pesan(
      ['business', 'create', '--file', '-'],
      cli.folder,
      JSON.stringify(quota),
    );
    expect(unknown.err).toContain('/offerings/0/quotas: There is no quota x.');
    const { rows } = await stack.pool.query(
      `select 1 from businesses where business_id = 'lombok'`,
    );
    expect(rows).toEqual([]);
    expect((await pesan(['business', 'create', '--file', '-'], cli.folder, '{')).err).toContain(
      'no JSON',
    );
  });

  it('sets and removes the webhook of a bot, and connects another bot', {
    timeout: 120_000,
  }, async () => {
    const set = await pesan(['telegram', 'set-webhook', '--business', 'jiot']);
    expect(set).toEqual({ code: 0, err: '', out: `${stack.url}/webhooks/telegram/jiot\n` });
    // The same bot once more keeps its webhook; the doctor sees one that somebody took away.
    const same = ['--business', 'jiot', '--token', JIOT_BOT, '--owner', '910001'];
    expect((await pesan(['telegram', 'connect', ...same])).code).toBe(0);
    expect((await pesan(['doctor'])).out).toMatch(/^ok {2}bots: /m);
    await fetch(`${stack.sandbox.url}/telegram/bot${JIOT_BOT}/deleteWebhook`);
    const astray = await pesan(['doctor']);
    expect([astray.code, astray.out]).toEqual([1, expect.stringMatching(/^BAD bots: jiot /m)]);
    const removed = await pesan(['telegram', 'remove-webhook', '--business', 'jiot']);
    expect(removed.code).toBe(0);
    const [token, owner] = ['9101:sandbox-bengkel', '910001'];
    const flags = ['--business', 'jiot', '--token', token, '--owner', owner];
    const connected = await pesan(['telegram', 'connect', ...flags]);
    expect(connected).toEqual({ code: 0, err: '', out: 'https://t.me/bengkel_bot\n' });
    const none = await pesan(['telegram', 'set-webhook', '--business', 'slamet']);
    expect([none.code, none.err]).toEqual([1, 'This business has no bot.\n']);
    expect((await pesan(['telegram', 'set-webhook'])).code).toBe(2);
  });
});
