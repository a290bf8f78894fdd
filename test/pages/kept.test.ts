import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { describe, expect, test } from 'vitest';
import { keepForm, readKept } from '../../src/api/web/kept.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { createVisitor, words } from './visitor.ts';

const stack = useStack();
const FORM = `/slamet/book?offering=bambangan&date=${dayAhead(21)}&quantity=2`;
const TYPED = {
  name: 'Sari Rahasia',
  email: 'sari@',
  'm0-name': 'Budi Rahasia',
  'm0-type': 'passport',
  'm0-number': 'K7654321',
};

describe('a form that booked nothing', () => {
  test('leads to an address that can be loaded again, with everything typed', async () => {
    const visitor = createVisitor(stack.url);
    const page = await visitor.press(await visitor.get(FORM), TYPED);
    for (const seen of [page, await visitor.get(page.path)]) {
      expect(seen.status).toBe(200);
      expect(words(seen)).toContain('perlu diperbaiki');
      expect(seen.html).toContain('value="Budi Rahasia"');
      expect(seen.html).toContain('value="K7654321"');
    }
  });

  test('names nobody in its address, and opens for others as the empty form', async () => {
    const visitor = createVisitor(stack.url);
    const page = await visitor.press(await visitor.get(FORM), TYPED);
    expect(page.path).toMatch(new RegExp(`^${FORM.replace('?', '\\?')}&kept=[\\w-]{8}$`));
    expect([...visitor.cookies.values()].join()).not.toMatch(/ahasia|K7654321/);
    const other = await createVisitor(stack.url).get(page.path);
    expect(other.status).toBe(200);
    expect(other.html).not.toMatch(/ahasia|K7654321/);
    expect(other.html).toContain('name="m1-name"');
  });

  test('keeps the forms of two tabs apart, and those of two businesses', async () => {
    const visitor = createVisitor(stack.url);
    const one = await visitor.press(await visitor.get(FORM), TYPED);
    const two = await visitor.press(await visitor.get(FORM), { ...TYPED, name: 'Lain' });
    expect(two.html).toContain('value="Lain"');
    const late = await visitor.get(one.path);
    expect(late.html).toContain('value="Sari Rahasia"');
    expect(late.html).not.toContain('value="Lain"');
    const astray = await visitor.get(two.path.replace('/slamet/', '/jiot/'));
    expect(astray.html).not.toContain('value="Lain"');
  });

  test('makes room for a newer one of another tab where a cookie cannot hold both', async () => {
    const visitor = createVisitor(stack.url);
    // Words that do not pack: one form of them fits, two do not.
    const long = () => {
      const fields = ['name', 'm0-name', 'm0-number', 'm1-name', 'm1-number'];
      return Object.fromEntries(fields.map((name) => [name, randomBytes(240).toString('hex')]));
    };
    const [first, second] = [long(), long()];
    const one = await visitor.press(await visitor.get(FORM), first);
    expect(one.html).toContain(`value="${first.name}"`);
    const two = await visitor.press(await visitor.get(FORM), second);
    expect(two.html).toContain(`value="${second.name}"`);
    const late = await visitor.get(one.path);
    expect([late.status, late.html.includes(first.name!)]).toEqual([200, false]);
  });

  test('is forgotten once it is booked', async () => {
    const visitor = createVisitor(stack.url);
    const page = await visitor.press(await visitor.get(FORM.replace('quantity=2', 'quantity=1')), {
      ...TYPED,
    });
    const sent = await visitor.send(page, { email: 'sari@example.com' });
    expect(sent.headers.get('location')).toMatch(/^\/b\//);
    expect(sent.headers.getSetCookie().join()).toMatch(/pesan-typed=; Path=\/slamet; Max-Age=0/);
  });

  test('that no cookie can hold is answered at once, with everything typed', async () => {
    const visitor = createVisitor(stack.url);
    // Words that do not pack.
    const fields = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [`m${at}-name`, randomBytes(240).toString('hex')]),
    );
    const form = await visitor.get(FORM.replace('quantity=2', 'quantity=10'));
    const page = await visitor.send(form, { ...TYPED, ...fields });
    expect(page.status).toBe(400);
    expect(page.html).toContain(`value="${fields['m9-name']}"`);
  });

  // Guards `showKept`: what was full when it was sent may have room when it is looked at.
  test('tells how its day stands now, not how it stood when it was sent', async () => {
    const visitor = createVisitor(stack.url);
    const date = dayAhead(22);
    const form = await visitor.get(FORM.replace(dayAhead(21), date));
    const setCapacity = (capacity: number) =>
      stack.pool.query(
        `update quota_slots set capacity = $1 where business_id = 'slamet' and date = $2`,
        [capacity, date],
      );
    await setCapacity(0);
    const right = { email: 'sari@example.com', 'm0-number': 'K7654321', 'm1-name': 'Adi' };
    const more = { ...right, 'm1-type': 'passport', 'm1-number': 'K7654322' };
    const page = await visitor.press(form, { ...TYPED, ...more });
    expect(words(page)).toContain('Tidak cukup tempat');
    await setCapacity(50);
    const again = await visitor.get(page.path);
    expect(words(again)).not.toContain('Tidak cukup tempat');
    expect(again.html).toContain('value="Budi Rahasia"');
    expect((await visitor.send(again, {})).headers.get('location')).toMatch(/^\/b\//);
  });

  // Guards `untilMs`: a cookie that somebody copied is no good for longer than the browser keeps it.
  test('is over after a quarter of an hour, whatever a browser keeps', () => {
    let nowMs = Date.now();
    const deps = { publicUrl: stack.url, vault: stack.vault, now: () => new Date(nowMs) };
    const set: string[] = [];
    const response = { append: (_name: string, value: string) => set.push(value) };
    const asked = { headers: {}, query: {} };
    const id = keepForm(deps, asked as Request, response as never, 'slamet', {
      typed: { name: 'S' },
    });
    const request = { headers: { cookie: set[0]!.split(';')[0] }, query: { kept: id } };
    const read = () => readKept(deps, request as unknown as Request, 'slamet')?.typed.name;
    nowMs += 15 * 60_000 - 1;
    expect(read()).toBe('S');
    nowMs += 1;
    expect(read()).toBeUndefined();
  });

  test('is not opened by a cookie that is not ours', async () => {
    const visitor = createVisitor(stack.url);
    const page = await visitor.press(await visitor.get(FORM), TYPED);
    for (const value of ['', 'x', 'A'.repeat(3_000), 'AQ', '%00']) {
      visitor.cookies.set('pesan-typed', value);
      const seen = await visitor.get(page.path);
      expect([value, seen.status]).toEqual([value, 200]);
      expect(seen.html).not.toMatch(/ahasia/);
    }
  });
});

test('the address of every form can be opened: it leads to its page', async () => {
  const visitor = createVisitor(stack.url);
  const token = 'x'.repeat(32);
  for (const [form, page] of [
    [`/b/${token}/cancel`, `/b/${token}`],
    [`/b/${token}/move`, `/b/${token}`],
    [`/s/${token}/renew`, `/s/${token}`],
    [`/w/${token}/leave`, `/w/${token}`],
    ['/slamet/wait', '/slamet/book'],
  ] as const) {
    const led = await visitor.get(form);
    expect([form, led.status, led.headers.get('location')]).toEqual([form, 303, page]);
  }
  expect((await visitor.get(`/b/${token}/renew`)).status).toBe(404);
});
