import { describe, expect, test } from 'vitest';
import { isFiltered } from '../../../src/bot/plan/relay.ts';

describe('the word filter', () => {
  test.each([
    ['as it stands', 'kata anjing di sini'],
    ['in capitals', 'ANJING!'],
    ['with an accent', 'ànjíng'],
    ['spelt with dots', 'a.n.j.i.n.g'],
    ['with a sign that nobody sees', 'an\u200bjing'],
  ])('finds a word %s', (_how, text) => {
    expect(isFiltered(text, ['anjing'])).toBe(true);
  });

  test.each([
    ['part of another word', 'anjingan'],
    ['nothing of it', 'selamat pagi'],
  ])('lets pass %s', (_what, text) => {
    expect(isFiltered(text, ['anjing'])).toBe(false);
  });

  test('finds a word that was put in with its accent', () => {
    expect(isFiltered('minum kafe', ['kafé'])).toBe(true);
    expect(isFiltered('minum kafé', ['kafe'])).toBe(true);
  });
});
