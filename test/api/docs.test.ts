import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../src/api/codes.ts';
import { ERROR_STATUS } from '../../src/domain/errors.ts';

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), 'utf8');

describe('docs/error-codes.md', () => {
  it('has every code with its status', () => {
    const text = read('error-codes.md');
    for (const code of Object.keys(CODES)) {
      const status = code === 'INTERNAL' ? 500 : ERROR_STATUS[code as keyof typeof ERROR_STATUS];
      expect(text).toContain(`| \`${code}\` | ${status} |`);
    }
  });
});
