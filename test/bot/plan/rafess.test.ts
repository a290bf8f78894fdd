import { describe, expect, it } from 'vitest';
import { webhookSecret } from '../../../src/db/chat/bots.ts';
import { readSubscription } from '../../../src/db/plan/subscriptionfacts.ts';
import { many, one, run } from '../../../src/db/pool.ts';
import { until } from '../../../src/local/until.ts';
import { useStack } from '../../ground/stack.ts';
import { labelsOf, textOf } from '../talk.ts';
import {
  ADMIN,
  askToPay,
  atXendit,
  codeIn,
  EMAIL,
  mailsTo,
  newestInvoice,
  OWNER,
  registerBase,
  talkTo,
  toldIn,
} from './ground.ts';

const stack = useStack({ polls: true });
const WEEKLY = 'Mingguan: Rp15.000 · 7 hari';
const DAILY = 'Harian: Rp3.000 · 1 hari';

async function entitled(base: string): Promise<boolean> {
  const token = await stack.tokenOf('service', 'rafess');
  const path = `/api/v1/businesses/rafess/entitlements/${base.slice(1)}`;
  return (await stack.call('GET', path, { token })).body.active;
}

/** The six functional tests that were published for the bot. */
describe('the bot of Rafess', () => {
  it('/start greets and lists what it can do', async () => {
    const text = textOf(await talkTo(stack, 700_001).say('/start'));
    expect(text).toMatch(/selamat datang.*\/bayar.*\/langganan/s);
    expect(text).not.toContain('/daftar');
    expect(textOf(await talkTo(stack, ADMIN).say('/help'))).toContain('/daftar');
    expect(textOf(await talkTo(stack, 700_002, 'en').say('/help'))).toContain('pay for a base');
  });

  it('/daftar shows the form, explains what is wrong, and registers', async () => {
    const admin = talkTo(stack, ADMIN);
    expect(textOf(await admin.say('/daftar'))).toContain('Channel: @');
    const wrong = textOf(await admin.say('Nama: X\nChannel: nope!\nPemilik: satu\nEmail: a@b'));
    for (const line of ['Format belum benar', 'Nama:', 'Channel:', 'Pemilik:', 'Email:']) {
      expect(wrong).toContain(line);
    }
    const half = await admin.say(
      'Nama: <Satu> & Co\nChannel: t.me/Base_Satu\nPemilik: satu\nEmail: a@b',
    );
    expect(textOf(half)).toContain('Pemilik: nomor chat pemilik (tertulis: satu)');
    expect(textOf(half)).toMatch(
      /Nama: <Satu> & Co\nChannel: t\.me\/Base_Satu\nPemilik: ?\nEmail: ?$/,
    );
    const filled = 'email: SATU@Example.com\nPemilik: 710001\nChannel: @Base_Satu\nNama: Base Satu';
    expect(textOf(await admin.say(filled))).toContain(
      'Terdaftar: Base Satu (@base_satu), pemilik 710001.',
    );
    const base = await one(
      stack.pool,
      `select name, owner_chat::text as owner, email from bases where base = '@base_satu'`,
    );
    expect(base).toEqual({ name: 'Base Satu', owner: '710001', email: 'satu@example.com' });
    expect(textOf(await talkTo(stack, 700_003).say('/daftar'))).toContain('hanya untuk admin');
  });

  it('/bayar leads by base, plan, e-mail and code to a link, and says when it is paid', async () => {
    const owner = talkTo(stack, OWNER);
    expect(labelsOf((await owner.say('/bayar')).messages.at(-1))).toContain(
      'Demo Base (@demo_base)',
    );
    await owner.press('Demo Base (@demo_base)');
    expect(textOf(await owner.press(WEEKLY))).toContain('o•••@demo-base.example');
    await owner.say(EMAIL);
    await owner.say(await codeIn(stack, EMAIL, 0));
    await until('the link', 15_000, async () => (await owner.last()).text.includes('/pay/'));
    expect((await owner.last()).text).toMatch(/Mingguan, 7 hari: Rp15\.000\nBayar sebelum .*WIB/);
    const [order] = await many<{ code: string }>(stack.pool, 'select code from subscriptions');
    await atXendit(stack, `${order!.code}-1`, 'pay');
    expect(await toldIn(owner, 'Pembayaran telah Berhasil')).toBe(1);
    expect(await entitled('@demo_base')).toBe(true);
    // The address was shown to be this chat's: it is not asked for again.
    await owner.say('/bayar @demo_base');
    expect(textOf(await owner.press(DAILY))).not.toContain('alamat e-mail');
    expect(textOf(await owner.say('/langganan'))).toContain('@demo_base: Aktif');
    await owner.press('Paket masa berikutnya');
    expect(labelsOf(await owner.last())).toEqual([
      DAILY,
      `✓ ${WEEKLY}`,
      'Bulanan: Rp50.000 · 30 hari',
      '« Kembali',
    ]);
    expect(textOf(await owner.press('« Kembali'))).toContain('@demo_base: Aktif');
  });

  it('says that a payment has expired, with the name of the base', async () => {
    const base = await registerBase(stack, 'base_lewat', 710_002);
    const owner = talkTo(stack, 710_002);
    await owner.say('/start');
    await atXendit(stack, await askToPay(stack, owner, base, DAILY), 'expire');
    expect(await toldIn(owner, 'Pembayaran telah Kedaluwarsa')).toBe(1);
    const said = (await owner.messages()).findLast(({ text }) => text.includes('Kedaluwarsa'))!;
    expect(said.text).toContain(base);
    expect(labelsOf(said)).toContain('Berlangganan lagi');
    expect(await entitled(base)).toBe(false);
  });

  it('/report tells the revenue of thirty days, by plan, and by day as a picture', async () => {
    const admin = talkTo(stack, ADMIN);
    const heard = await admin.say('/report');
    expect(textOf(heard)).toMatch(/Total: Rp15\.000.*Mingguan: Rp15\.000 \(1 pembayaran\)/s);
    const last = (await admin.messages()).at(-1) as { document?: { name: string } } | undefined;
    expect(last?.document?.name).toMatch(/^revenue-.*\.png$/);
    // Another payment of the same subscription is one more.
    const owner = talkTo(stack, OWNER);
    await atXendit(stack, await askToPay(stack, owner, '@demo_base', WEEKLY), 'pay');
    await until('it is paid', 15_000, async () => {
      const paid = `select 1 from payments where plan = 'weekly' and state = 'paid'`;
      return (await many(stack.pool, paid)).length === 2;
    });
    expect(textOf(await admin.say('/report'))).toContain('Mingguan: Rp30.000 (2 pembayaran)');
    expect(textOf(await talkTo(stack, 700_004).say('/report'))).toContain('hanya untuk admin');
  });

  it('/bases tells who is active until when', async () => {
    const text = textOf(await talkTo(stack, ADMIN).say('/bases'));
    expect(text).toMatch(/✓ @demo_base: sampai .*– @base_/s);
  });
});

describe('whoever reads English', () => {
  it('finds names, lengths and the tagline in English, in the chat and on the page', async () => {
    const reader = talkTo(stack, 700_005, 'en');
    const asked = await reader.say('/bayar @demo_base');
    expect(labelsOf(asked.messages.at(-1))).toContain('Weekly: Rp15.000 · 7 days');
    const page = String((await stack.call('GET', '/rafess?lang=en')).body);
    expect(page).toContain('by subscription');
    expect(page).toMatch(/Weekly<\/span><small> · 7 days<\/small>.*Rp15\.000/s);
    expect(page).not.toMatch(/Harian|Mingguan|Bulanan|berlangganan/);
    const own = String((await stack.call('GET', '/rafess?lang=id')).body);
    expect(own).toMatch(/Mingguan<\/span><small> · 7 hari/);
  });

  it('is told in English of what they paid, and the owner in their own language', async () => {
    const base = await registerBase(stack, 'two_tongues', 710_022);
    const [owner, payer] = [talkTo(stack, 710_022), talkTo(stack, 710_023, 'en')];
    await owner.say('/start');
    await payer.say(`/bayar ${base}`);
    await payer.press('Daily: Rp3.000 · 1 day');
    await payer.say('two_tongues@example.com');
    await payer.say(await codeIn(stack, 'two_tongues@example.com', 0));
    await until('the link', 15_000, async () => (await payer.last()).text.includes('/pay/'));
    expect((await payer.last()).text).toContain('Daily, 1 day: Rp3.000');
    await atXendit(stack, await newestInvoice(stack, base), 'pay');
    expect(await toldIn(payer, 'Payment successful')).toBe(1);
    expect(await toldIn(owner, 'Pembayaran telah Berhasil')).toBe(1);
    const path = '/control/mail?to=two_tongues@example.com';
    let subjects: string[] = [];
    await until('the mail', 15_000, async () => {
      const { body } = await stack.sandbox.call('GET', path);
      subjects = body.messages.map((mail: { subject: string }) => mail.subject);
      return subjects.length > 1;
    });
    expect(subjects.join()).toContain('Pembayaran diterima: @two_tongues aktif');
  });

  it('reads of a plan by its English name in what the subscription says', async () => {
    const { code } = await one<{ code: string }>(
      stack.pool,
      `select code from subscriptions where base = '@demo_base' and not twin limit 1`,
    );
    const planIn = async (language: string) => {
      await run(stack.pool, 'update orders set language = $1 where code = $2', [language, code]);
      const ref = { business: 'rafess', code };
      const deps = { vault: stack.vault, publicUrl: 'http://localhost' };
      return (await readSubscription(stack.pool, deps, ref))?.plan.name;
    };
    expect([await planIn('en'), await planIn('id')]).toEqual(['Weekly', 'Mingguan']);
  });
});

describe('the link', () => {
  it('tells of the invoice that it opens, which may be an earlier one', async () => {
    const base = await registerBase(stack, 'earlier_one', 710_020);
    const owner = talkTo(stack, 710_020);
    const first = await askToPay(stack, owner, base, WEEKLY);
    await run(
      stack.pool,
      `update payments set amount_idr = 14000, expires_at = '2026-01-02T03:04:00Z'
       where provider_ref = $1`,
      [first],
    );
    await owner.say(`/bayar ${base}`);
    const asked = (await owner.last()).id;
    await owner.press(WEEKLY);
    await until('the link', 15_000, async () => (await owner.last()).text.includes('/pay/'));
    expect((await owner.last()).text).toMatch(
      /Mingguan, 7 hari: Rp14\.000\nBayar sebelum .*2 Januari 2026 pukul 10\.04 WIB/,
    );
    expect(await newestInvoice(stack, base)).toBe(first);
    // The question gave way to what became of it: nothing of it can be pressed a second time.
    const question = (await owner.messages()).find(({ id }) => id === asked)!;
    expect(question.text).toContain(`Membuat tautan pembayaran ${base}`);
    expect(labelsOf(question)).toEqual([]);
  });

  it('is not disturbed by a second tap on its plan, while it is made or after', async () => {
    const base = await registerBase(stack, 'second_tap', 710_021);
    const owner = talkTo(stack, 710_021);
    await askToPay(stack, owner, base, DAILY);
    await owner.say(`/bayar ${base}`);
    const [chat] = await many<{ no: string }>(
      stack.pool,
      'select form_no as no from chats where chat_id = 710021',
    );
    const asked = (await owner.last()).id;
    const tap = (updateId: number) => ({
      update_id: updateId,
      callback_query: {
        ...{ id: `tap-${updateId}`, from: { id: 710_021, is_bot: false, first_name: 'Tap' } },
        ...{ chat_instance: 'one', data: `1:b:${chat!.no}:plan:daily` },
        message: { message_id: asked, date: 0, chat: { id: 710_021, type: 'private' } },
      },
    });
    const known = (await owner.messages()).length;
    const headers = { 'x-telegram-bot-api-secret-token': webhookSecret(stack.vault, 'rafess') };
    const take = (no: number) =>
      stack.call('POST', '/webhooks/telegram/rafess', { headers, body: tap(900_000_000 + no) });
    await Promise.all([1, 2, 3].map(take));
    expect((await take(4)).status).toBe(200);
    await until('the link', 15_000, async () => (await owner.last()).text.includes('/pay/'));
    const said = (await owner.messages()).slice(known).map(({ text }) => text);
    expect(said.filter((text) => text.includes('/pay/'))).toHaveLength(1);
    expect(said).toHaveLength(1);
    expect((await owner.messages()).map(({ text }) => text).join()).not.toContain('Sedang tidak');
  });
});

describe('the buttons that begin again', () => {
  // Guards the form's number in `pay`: by the old one the link of what is paid would be answered.
  it('lead to a new invoice each time, also for another plan', async () => {
    const base = await registerBase(stack, 'by_button', 710_012);
    const owner = talkTo(stack, 710_012);
    await owner.say('/start');
    await atXendit(stack, await askToPay(stack, owner, base, DAILY), 'pay');
    await toldIn(owner, 'telah Berhasil');
    const links = new Set<string>();
    for (const plan of [DAILY, DAILY, WEEKLY]) {
      await owner.say('/langganan');
      await owner.press('Bayar');
      await owner.press(plan);
      await until('another link', 15_000, async () => {
        const [link = ''] = /\/pay\/\S+/.exec((await owner.last()).text) ?? [];
        const isNew = link !== '' && !links.has(link);
        if (isNew) links.add(link);
        return isNew;
      });
    }
    expect(links.size).toBe(3);
  });
});

describe('/sync, when a webhook was missed', () => {
  const unheard = { notify: false };

  it('PENDING → PAID', async () => {
    const base = await registerBase(stack, 'sync_paid', 710_003);
    const owner = talkTo(stack, 710_003);
    await owner.say('/start');
    const ref = await askToPay(stack, owner, base, DAILY);
    await atXendit(stack, ref, 'pay', unheard);
    expect(await entitled(base)).toBe(false);
    await talkTo(stack, ADMIN).say(`/sync ${ref}`);
    expect(await toldIn(talkTo(stack, ADMIN), `${ref}: PENDING → PAID`)).toBe(1);
    expect(await toldIn(owner, 'Pembayaran telah Berhasil')).toBe(1);
    expect(await entitled(base)).toBe(true);
  });

  it('PENDING → EXPIRED', async () => {
    const base = await registerBase(stack, 'sync_expired', 710_004);
    const owner = talkTo(stack, 710_004);
    await owner.say('/start');
    const ref = await askToPay(stack, owner, base, DAILY);
    await atXendit(stack, ref, 'expire', unheard);
    await talkTo(stack, ADMIN).say(`/sync ${ref}`);
    expect(await toldIn(talkTo(stack, ADMIN), `${ref}: PENDING → EXPIRED`)).toBe(1);
    expect(await toldIn(owner, 'Pembayaran telah Kedaluwarsa')).toBe(1);
  });

  it('PENDING stays PENDING', async () => {
    const base = await registerBase(stack, 'sync_open', 710_005);
    const owner = talkTo(stack, 710_005);
    await owner.say('/start');
    const ref = await askToPay(stack, owner, base, DAILY);
    await until('its page', 15_000, async () => {
      const row = 'select 1 from payments where provider_ref = $1 and page_url is not null';
      return (await many(stack.pool, row, [ref])).length === 1;
    });
    await talkTo(stack, ADMIN).say(`/sync ${ref}`);
    expect(await toldIn(talkTo(stack, ADMIN), `${ref}: PENDING → PENDING`)).toBe(1);
    expect((await talkTo(stack, ADMIN).last()).text).toContain('(tetap menunggu pembayaran)');
  });

  it('shows the invoice that was named alone, and says when there is none of its number', async () => {
    const base = await registerBase(stack, 'sync_one', 710_030);
    const owner = talkTo(stack, 710_030);
    await owner.say('/start');
    const first = await askToPay(stack, owner, base, DAILY);
    await atXendit(stack, first, 'expire', unheard);
    const admin = talkTo(stack, ADMIN);
    await admin.say(`/sync ${first}`);
    await toldIn(admin, `${first}: PENDING → EXPIRED (sekarang kedaluwarsa)`);
    await toldIn(owner, 'Pembayaran telah Kedaluwarsa');
    const second = await askToPay(stack, owner, base, DAILY);
    await atXendit(stack, second, 'pay', unheard);
    await admin.say(`/sync ${second}`);
    await toldIn(admin, `${second}: PENDING → PAID (sekarang sudah dibayar)`);
    expect((await admin.last()).text).not.toContain(first);
    for (const named of [second.replace(/\d+$/, '77'), 'ZZZZ2222-1', 'apa']) {
      await admin.say(`/sync ${named}`);
      await toldIn(admin, `Tidak ada tagihan ${named.toUpperCase()}`);
    }
  });
});

describe('a webhook of Xendit', () => {
  it('that comes three times changes something once', async () => {
    const base = await registerBase(stack, 'three_times', 710_006);
    const owner = talkTo(stack, 710_006);
    await owner.say('/start');
    const ref = await askToPay(stack, owner, base, DAILY);
    await atXendit(stack, ref, 'pay');
    await toldIn(owner, 'Pembayaran telah Berhasil');
    const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${ref}`);
    const [delivery] = body.deliveries.filter((one: { status: number }) => one.status === 200);
    for (const _ of [2, 3]) {
      const again = await stack.sandbox.call('POST', `/control/deliveries/${delivery.id}/resend`);
      expect(again.body).toMatchObject({ status: 200 });
      expect(JSON.stringify(again.body.answer)).toContain('duplicate');
    }
    const periods = await many(
      stack.pool,
      `select 1 from periods p join subscriptions s using (business_id, code) where s.base = $1`,
      [base],
    );
    expect(periods).toHaveLength(1);
    expect(await toldIn(owner, 'Pembayaran telah Berhasil')).toBe(1);
  });

  it('with a wrong token is refused, and changes nothing', async () => {
    const before = await many(stack.pool, 'select event_id from payment_events');
    const body = { id: 'x', external_id: 'AAAAAAAA-1', status: 'PAID', amount: 1 };
    const headers = { 'x-callback-token': 'wrong' };
    const answer = await stack.call('POST', '/webhooks/xendit/rafess', { body, headers });
    expect(answer.status).toBe(401);
    expect((await stack.call('POST', '/webhooks/xendit/rafess', { body })).status).toBe(401);
    expect(await many(stack.pool, 'select event_id from payment_events')).toEqual(before);
  });
});

describe('a code', () => {
  it('that is wrong, over or tried too often leads to no link', async () => {
    const base = await registerBase(stack, 'wrong_code', 710_007);
    const talk = talkTo(stack, 710_008);
    await talk.say(`/bayar ${base}`);
    await talk.press(DAILY);
    expect(textOf(await talk.say('not an address'))).toContain('bukan alamat');
    await talk.say('wrong_code@example.com');
    const code = await codeIn(stack, 'wrong_code@example.com', 0);
    const wrong = code === '000000' ? '111111' : '000000';
    expect(textOf(await talk.say('12'))).toContain('enam angka');
    for (const _ of [1, 2, 3, 4, 5]) {
      await talk.say(wrong);
      await toldIn(talk, 'Kode itu salah');
    }
    expect(JSON.stringify(await talk.messages())).not.toContain('Membuat tautan');
    await talk.say(code);
    expect(await toldIn(talk, 'Terlalu banyak kode')).toBe(1);
    expect(await many(stack.pool, 'select 1 from subscriptions where base = $1', [base])).toEqual(
      [],
    );
  });

  it('goes only to the registered address, and says the same for any other', async () => {
    const base = await registerBase(stack, 'other_mail', 710_009);
    const talk = talkTo(stack, 710_010);
    await talk.say(`/bayar ${base}`);
    await talk.press(DAILY);
    expect(textOf(await talk.say('thief@example.com'))).toContain('kode enam angka sedang dikirim');
    expect(await mailsTo(stack, 'thief@example.com')).toEqual([]);
    expect(await mailsTo(stack, 'other_mail@example.com')).toEqual([]);
  });
});
