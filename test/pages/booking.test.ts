import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { one } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { createVisitor, type Seen, type Visitor, words } from './visitor.ts';

const stack = useStack();
const DATE = dayAhead(12);

let passports = randomInt(1_000_000);

/** Fields of a party of people whom nobody has met. */
function partyFields(quantity: number): Record<string, string> {
  const fields: Record<string, string> = { name: 'Sari', email: 'sari@example.com' };
  for (let at = 0; at < quantity; at += 1) {
    passports += 1;
    fields[`m${at}-name`] = `Pendaki ${at + 1}`;
    fields[`m${at}-type`] = 'passport';
    fields[`m${at}-number`] = `V${String(passports).padStart(7, '0')}`;
  }
  return fields;
}

function formFor(visitor: Visitor, quantity: number, date = DATE, trail = 'guci'): Promise<Seen> {
  return visitor.get(`/slamet/book?offering=${trail}&date=${date}&quantity=${quantity}`);
}

function countOrders(): Promise<{ count: number }> {
  return one(stack.pool, `select count(*) as count from orders where state <> 'refused'`);
}

async function bookedPage(visitor: Visitor, quantity = 1, date = DATE): Promise<Seen> {
  const form = await formFor(visitor, quantity, date);
  const sent = await visitor.send(form, partyFields(quantity));
  expect(sent.status).toBe(303);
  return visitor.get(sent.headers.get('location')!);
}

const codeOf = (page: Seen) => /class="code">([2-9A-Z]{8})</.exec(page.html)![1]!;

describe('the calendar of a trail', () => {
  test('sends the people and the trail that were typed along with the day that is pressed', async () => {
    const visitor = createVisitor(stack.url);
    const when = await visitor.get('/slamet/book?offering=guci');
    expect(when.html).toMatch(
      new RegExp(`<button[^>]*form="when"[^>]*name="day"[^>]*value="${DATE}"`),
    );
    const query = `offering=baturraden&date=&quantity=3&day=${DATE}`;
    const who = await visitor.get(`/slamet/book?${query}`);
    expect(who.status).toBe(200);
    expect(words(who)).toContain('Baturraden');
    expect(who.html).toContain('name="m2-name"');
  });
});

describe('the booking form', () => {
  test('books, and shows the held place with a way to pay', async () => {
    const page = await bookedPage(createVisitor(stack.url), 2);
    expect(page.path).toMatch(/^\/b\/[\w-]{32}$/);
    expect(words(page)).toContain('Tempat Anda ditahan');
    expect(words(page)).toMatch(/Tempat ditahan sampai .* pukul \d\d\.\d\d WIB/);
    expect(page.html).toMatch(/href="\/pay\/[\w-]{32}"/);
  });

  test('pressed twice at once, and once more later, books once', async () => {
    const visitor = createVisitor(stack.url);
    const form = await formFor(visitor, 1);
    const fields = partyFields(1);
    const before = await countOrders();
    const presses = await Promise.all([visitor.send(form, fields), visitor.send(form, fields)]);
    presses.push(await visitor.send(form, fields));
    const places = presses.map(({ headers }) => headers.get('location'));
    expect(new Set(places).size).toBe(1);
    expect(places[0]).toMatch(/^\/b\//);
    expect((await countOrders()).count).toBe(before.count + 1);
  });

  test('comes back with everything typed, and says all mistakes at once', async () => {
    const visitor = createVisitor(stack.url);
    const typed = {
      ...partyFields(3),
      name: '',
      email: 'sari@',
      'm0-name': 'Sari "Sa" <i>Dewi</i>',
      'm1-type': 'nik',
      'm1-number': '3303013502920001',
      'm2-number': '12',
      'm2-sos-name': 'Ibu',
    };
    const page = await visitor.press(await formFor(visitor, 3), typed);
    const links = [...page.html.matchAll(/<a href="#([\w-]+)">/g)].map(([, field]) => field);
    expect(links.sort()).toEqual(['email', 'm1-number', 'm2-number', 'm2-sos-phone', 'name']);
    expect(words(page)).toContain('5 isian perlu diperbaiki');
    expect(words(page)).toContain('Anggota 2: NIK ini tidak mungkin benar');
    expect(page.html).toContain('value="Sari &quot;Sa&quot; &lt;i>Dewi&lt;/i>"');
    expect(page.html).toContain('value="Ibu"');
    const right = {
      name: 'Sari',
      email: 'sari@example.com',
      'm1-type': 'passport',
      ...{ 'm1-number': 'W1234567', 'm2-number': 'W1234568', 'm2-sos-phone': '0812 333 444' },
    };
    const sent = await visitor.send(page, right);
    expect(sent.headers.get('location')).toMatch(/^\/b\//);
  });

  test('says who is in the party twice, and what is wrong with a choice that cannot be', async () => {
    const visitor = createVisitor(stack.url);
    const fields = partyFields(2);
    fields['m1-number'] = fields['m0-number']!;
    const twice = await visitor.press(await formFor(visitor, 2), fields);
    expect(words(twice)).toContain('Anggota 2: Identitas ini sudah dipakai anggota lain');
    // With a wrong address as well both are told, in the order in which the form asks for them.
    const both = words(
      await visitor.press(await formFor(visitor, 2), { ...fields, email: 'sari@' }),
    );
    expect(both).toMatch(
      /Anggota 2: Identitas ini sudah dipakai anggota lain.*Alamat email ini tidak lengkap/,
    );
    for (const [query, sentence] of [
      ['offering=guci&date=2020-01-01&quantity=1', 'Tanggal ini sudah lewat.'],
      [`offering=guci&date=${dayAhead(90)}&quantity=1`, 'Pemesanan baru dibuka sampai'],
      [`offering=guci&date=${DATE}&quantity=0`, 'Tulis jumlah orang dari 1 sampai 10.'],
      [`offering=guci&date=${DATE}&quantity=99999999`, 'Tulis jumlah orang dari 1 sampai 10.'],
      [`offering=guci&date=2026-02-31&quantity=1`, ''],
      [`offering=everest&date=${DATE}&quantity=1`, 'Pilih salah satu.'],
    ]) {
      const page = await visitor.get(`/slamet/book?${query}`);
      expect([query, page.status]).toEqual([query, 400]);
      expect(words(page)).toContain(sentence);
    }
  });

  test('grows, shrinks and changes its day without losing what was typed', async () => {
    const visitor = createVisitor(stack.url);
    const fields = partyFields(2);
    const grown = await visitor.press(await formFor(visitor, 2), { ...fields, resize: '3' });
    expect(words(grown)).toContain('Anggota 3');
    expect(grown.html).toContain(`value="${fields['m1-number']}"`);
    const other = await visitor.press(grown, { other: dayAhead(13), resize: '' });
    expect(other.html).toContain(`name="date" value="${dayAhead(13)}"`);
    expect(other.html).toContain(`value="${fields['m1-number']}"`);
  });

  test('says that a member is registered already, and offers other days', async () => {
    const visitor = createVisitor(stack.url);
    const fields = partyFields(1);
    await visitor.send(await formFor(visitor, 1), fields);
    const page = await visitor.press(await formFor(visitor, 1), fields);
    expect(words(page)).toContain('Ada anggota yang sudah terdaftar');
    expect(page.html).toMatch(/name="other" value="\d{4}-\d\d-\d\d"/);
  });

  test('sent again with other words after it booked, leads to what it booked', async () => {
    const visitor = createVisitor(stack.url);
    const form = await formFor(visitor, 1);
    const fields = partyFields(1);
    const sent = await visitor.send(form, fields);
    const page = await visitor.press(form, { ...fields, 'm0-name': 'Orang lain' });
    expect(words(page)).toContain('Formulir ini sudah dikirim');
    expect(page.html).toContain(`href="${sent.headers.get('location')}"`);
    expect(page.html).toContain('value="Orang lain"');
  });
});

describe('a day that is full or closed', () => {
  const FULL = dayAhead(15);
  const setQuota = async (capacity: number) => {
    const body = { quota: 'baturraden', from: FULL, to: FULL, capacity };
    const token = await stack.tokenOf('owner');
    const path = '/api/v1/admin/slamet/quotas';
    expect((await stack.call('PUT', path, { token, body })).status).toBeLessThan(300);
  };

  test('is said with the way to the waiting list, which leads to an offer by itself', async () => {
    const visitor = createVisitor(stack.url);
    await setQuota(2);
    const form = await formFor(visitor, 2, FULL, 'baturraden');
    const taker = createVisitor(stack.url);
    const taken = await taker.send(await formFor(taker, 2, FULL, 'baturraden'), partyFields(2));
    expect(taken.status).toBe(303);

    const page = await visitor.press(form, partyFields(2));
    expect(words(page)).toContain('Tidak cukup tempat pada');
    const joined = await visitor.send(page, {}, { to: '/slamet/wait' });
    expect(joined.status).toBe(303);
    const place = joined.headers.get('location')!;
    const again = await visitor.send(page, {}, { to: '/slamet/wait' });
    expect(again.headers.get('location')).toBe(place);
    const waiting = await visitor.get(place);
    expect(words(waiting)).toContain('Anda yang pertama di daftar tunggu');

    await setQuota(4);
    await until('places are offered', 10_000, async () =>
      words(await visitor.get(place)).includes('Giliran Anda'),
    );
    const offered = await visitor.get(place);
    const booking = /class="button pay" href="(\/b\/[^"]+)"/.exec(offered.html)![1]!;
    expect(words(await visitor.get(booking))).toContain('Tempat Anda ditahan');
  });

  test('can be waited for, and left again', async () => {
    const visitor = createVisitor(stack.url);
    await setQuota(4);
    const form = await formFor(visitor, 4, FULL, 'baturraden');
    expect(words(form)).toContain('Masuk daftar tunggu tanggal ini');
    const joined = await visitor.send(form, partyFields(4), { to: '/slamet/wait' });
    const waiting = await visitor.get(joined.headers.get('location')!);
    const left = await visitor.send(waiting, {}, { action: '/leave' });
    expect(left.status).toBe(303);
    expect(words(await visitor.get(waiting.path))).toContain('Anda sudah keluar');
    expect((await visitor.send(waiting, {}, { action: '/leave' })).status).toBe(303);
  });

  test('that is closed says why, everywhere', async () => {
    const visitor = createVisitor(stack.url);
    const token = await stack.tokenOf('owner');
    const closed = dayAhead(5);
    const body = { from: closed, to: closed, reason: 'Badai <di> puncak', booked: 'keep' };
    await stack.call('PUT', '/api/v1/admin/slamet/closures', { token, body });
    expect((await visitor.get('/slamet')).html).toContain('Badai &lt;di> puncak');
    const page = await formFor(visitor, 1, closed);
    expect(words(page)).toContain('Tutup pada');
    expect(page.html).toContain('Badai &lt;di> puncak');
    expect(page.html).not.toContain('Tahan tempat dan bayar');
  });
});

describe('the page of a booking', () => {
  test('cancels after saying what that means, and leads to booking the same again', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    expect(words(page)).toContain('Belum ada uang yang kami terima');
    const sent = await visitor.send(page, {}, { action: '/cancel' });
    expect(sent.status).toBe(303);
    const cancelled = await visitor.get(page.path);
    expect(words(cancelled)).toContain('Pesanan dibatalkan');
    expect(cancelled.html).not.toContain('/cancel"');
    const again = /href="([^"]*again=[^"]*)"/.exec(cancelled.html)![1]!.replaceAll('&amp;', '&');
    const form = await visitor.get(again);
    expect(form.html).toContain('value="Pendaki 1"');
    expect(form.html).toContain('value="sari@example.com"');
    expect(/<input[^>]*id="m0-number"[^>]*>/.exec(form.html)![0]).not.toMatch(/value="./);
    // Whoever only knows the code learns nothing of who booked.
    expect((await createVisitor(stack.url).get(again)).html).not.toContain('sari@example.com');
  });

  test('moves a paid booking, and asks for the difference where there is one', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    await stack.booking(page.path.slice(3), (b) => b.payment.state === 'pending');
    await stack.provider(`${codeOf(page)}-1`, 'settle');
    await stack.booking(page.path.slice(3), (b) => b.tickets.length === 1);
    const paid = await visitor.get(page.path);
    expect(words(paid)).toContain('Unduh e-tiket (PDF)');
    const moved = await visitor.send(paid, { to: dayAhead(14) }, { action: '/move' });
    expect(moved.status).toBe(303);
    const shown = await visitor.get(page.path);
    expect(shown.html).not.toContain(`action="${page.path}/move"`);
    const nonsense = await visitor.press(paid, { to: 'x y' }, { action: '/move' });
    expect(words(nonsense)).toContain('Pilih tanggal lain');
    const { body } = await stack.call('GET', `/api/v1/bookings/${page.path.slice(3)}`);
    expect(body.date).toBe(dayAhead(14));
  });

  test('tells listeners of a change, and nobody whose link opens nothing', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    const version = /data-version="(\d+)"/.exec(page.html)![1];
    await stack.booking(page.path.slice(3), (b) => b.payment.state === 'pending');
    const abort = new AbortController();
    const events = await fetch(`${stack.url}${page.path}/events?v=${version}`, {
      signal: abort.signal,
    });
    expect(events.headers.get('content-type')).toContain('text/event-stream');
    await stack.provider(`${codeOf(page)}-1`, 'settle');
    let heard = '';
    const decoder = new TextDecoder();
    for await (const chunk of events.body!) {
      heard += decoder.decode(chunk, { stream: true });
      if (/event: changed\ndata: \d+/.test(heard)) break;
    }
    abort.abort();
    expect(heard).toMatch(/^retry: 2000\n\nid: \d+\nevent: changed\n/);
    const nothing = await visitor.get(`/b/${'x'.repeat(32)}/events`);
    expect(nothing.status).toBe(404);
  });

  test('says that the payment is checked to who comes back before its news, and not after', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    const token = page.path.slice('/b/'.length);
    await stack.booking(token, ({ payment }) => payment.state === 'pending');
    const CHECKING = 'Pembayaran Anda sedang kami periksa';
    expect(words(await visitor.get(page.path))).not.toContain(CHECKING);
    expect(words(await visitor.get(`${page.path}?returned`))).toContain(CHECKING);
    await stack.provider(`${codeOf(page)}-1`, 'settle');
    await stack.booking(token, ({ state }) => state === 'paid');
    expect(words(await visitor.get(`${page.path}?returned`))).not.toContain(CHECKING);
  });

  // The link to the tickets is in a mail, and is pressed long after the booking ended, too.
  test('says in words to a browser, and by a code to programs, that there are no tickets', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    const link = `/api/v1/bookings/${page.path.slice('/b/'.length)}/tickets.pdf`;
    const unpaid = await visitor.get(link);
    expect([unpaid.status, unpaid.headers.get('content-type')]).toEqual([
      409,
      'text/html; charset=utf-8',
    ]);
    expect(words(unpaid)).toContain('Pesanan ini belum dibayar');
    await visitor.press(page, {}, { action: '/cancel' });
    await stack.booking(page.path.slice('/b/'.length), ({ state }) => state === 'cancelled');
    const over = await visitor.get(link);
    expect(words(over)).toContain('dibatalkan: e-tiket dan kode QR-nya tidak berlaku lagi');
    expect(over.html).toContain(`href="${page.path}"`);
    for (const accept of ['*/*', 'application/json', 'application/pdf']) {
      const told = await visitor.get(link, { accept });
      expect([told.status, JSON.parse(told.html).code]).toEqual([409, 'NOT_PAID']);
    }
  });

  test('is found again after paying only by the browser that had opened it', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    const back = `/slamet/return?order_id=${codeOf(page)}-1&status_code=200&transaction_status=settlement`;
    const led = await visitor.get(back);
    expect([led.status, led.headers.get('location')]).toEqual([303, `${page.path}?returned`]);
    for (const [other, path] of [
      [createVisitor(stack.url), back],
      [visitor, back.replace('slamet', 'jiot')],
      [visitor, '/slamet/return?order_id=%00'],
      [visitor, '/slamet/return'],
    ] as const) {
      const lost = await other.get(path);
      expect([path, lost.status]).toEqual([path, 200]);
      expect(words(lost)).toContain('Peramban ini tidak mengenalnya');
      expect(lost.html).not.toContain('/b/');
    }
    const forged = createVisitor(stack.url);
    forged.cookies.set('pesan-seen', `${'A'.repeat(22)}!slamet.${codeOf(page)}`);
    expect((await forged.get(back)).status).toBe(200);
  });

  // Guards the second cookie: who only has the link to pay is led back to that, and sees no booking.
  test('leads who only has the link to pay back to it, until the money is here', async () => {
    const visitor = createVisitor(stack.url);
    const page = await bookedPage(visitor);
    const token = page.path.slice('/b/'.length);
    const { paymentUrl } = await stack.booking(token, ({ payment }) => payment.state === 'pending');
    const payer = createVisitor(stack.url);
    expect((await payer.get(new URL(paymentUrl).pathname)).status).toBe(302);
    const led = await payer.get(`/slamet/return?order_id=${codeOf(page)}-1`);
    const back = `${new URL(paymentUrl).pathname}?returned`;
    expect([led.status, led.headers.get('location')]).toEqual([303, back]);
    const checking = await payer.get(back);
    expect(words(checking)).toContain('Pembayaran Anda sedang kami periksa');
    expect(checking.headers.get('refresh')).toBe('5');
    expect(checking.html).not.toContain('/b/');
    await stack.provider(`${codeOf(page)}-1`, 'settle');
    await stack.booking(token, ({ state }) => state === 'paid');
    const paid = await payer.get(back);
    expect(words(paid)).toContain('LUNAS');
    expect(paid.html).not.toContain('/b/');
  });
});

test('a link to pay shows its payer why there is nothing to pay, and never the booking', async () => {
  const visitor = createVisitor(stack.url);
  const page = await bookedPage(visitor);
  const pay = /href="(\/pay\/[\w-]{32})"/.exec(page.html)![1]!;
  await visitor.send(page, {}, { action: '/cancel' });
  const led = await visitor.get(pay);
  expect([led.status, led.headers.get('location')]).toEqual([303, page.path]);
  const payer = await createVisitor(stack.url).get(pay);
  expect(payer.status).toBe(200);
  expect(words(payer)).toContain('tidak bisa dibayar lagi');
  expect(payer.html).not.toContain('/b/');
  expect(payer.html).not.toContain('Sari');
});
