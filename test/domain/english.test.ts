import { expect, test } from 'vitest';
import { spokenIn } from '../../src/domain/english.ts';

const shop = { name: 'Perbaikan', about: 'Satu jam', english: { name: 'Repair' }, priceIdr: 1 };

test('a thing is named in English where the business has words for it, and keeps its own elsewhere', () => {
  expect(spokenIn('en', shop)).toEqual({ ...shop, name: 'Repair', lang: 'en' });
  expect(spokenIn('id', shop)).toEqual({ ...shop, lang: 'id' });
  const { english: _, ...plain } = shop;
  expect(spokenIn('en', plain)).toEqual({ ...plain, lang: 'id' });
  expect(spokenIn('en', { ...plain, english: null })).toMatchObject({ name: 'Perbaikan' });
});
