import { expect, test } from 'vitest';
import { useStack } from '../ground/stack.ts';
import { createVisitor, words } from './visitor.ts';

const stack = useStack();

test('an appointment is made from its day to its parts', async () => {
  const visitor = createVisitor(stack.url);
  const shop = await visitor.get('/jiot');
  expect(words(shop)).toContain('Jam buka');
  const days = [...shop.html.matchAll(/href="(\/jiot\/book\?[^"]*date=[\d-]*)"/g)];
  const day = days[3]![1]!.replaceAll('&amp;', '&');
  const hours = await visitor.get(day);
  const hour = /href="(\/jiot\/book\?[^"]*time=11:00)"/.exec(hours.html)![1]!;
  const form = await visitor.get(hour.replaceAll('&amp;', '&'));
  const fields = { name: 'Rina', phone: '0812 555 666' };
  const wrong = await visitor.press(form, fields);
  expect(words(wrong)).toContain('Pilih perangkatnya.');
  const sent = await visitor.send(wrong, { device: 'iphone-13', part: 'screen' });
  const page = await visitor.get(sent.headers.get('location')!);
  expect(words(page)).toContain('Rp900.000');
  expect(words(page)).toContain('iPhone 13');
});
