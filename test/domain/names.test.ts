import { describe, expect, it } from 'vitest';
import { isFreeName } from '../../src/domain/names.ts';

describe('the name of a business', () => {
  it.each([
    'api',
    'assets',
    'chat',
    'control',
    'healthz',
    'mail',
    'metrics',
    'pay',
    'payments',
    'readyz',
    'webhooks',
  ])('is not %s: that address is taken', (name) => {
    expect(isFreeName(name)).toBe(false);
  });

  it.each(['slamet', 'jiot', 'payday', 'api-shop'])('may be %s', (name) => {
    expect(isFreeName(name)).toBe(true);
  });
});
