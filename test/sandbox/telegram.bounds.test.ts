import { expect, test } from 'vitest';
import type { Table } from '../../src/sandbox/store.ts';
import { MOST_MESSAGES, putBounded, putFile, putQuery } from '../../src/sandbox/telegram/bounds.ts';

/** A table in memory, oldest first, as the journal's are. */
function tableOf<T>(): Table<T> {
  const rows = new Map<string, T>();
  return {
    get size() {
      return rows.size;
    },
    get: (key) => rows.get(key),
    put: (key, row) => {
      rows.set(key, row);
      return row;
    },
    remove: (key) => void rows.delete(key),
    values: () => rows.values(),
  };
}

test('a chat keeps its newest messages', () => {
  const table = tableOf<number>();
  for (let no = 1; no <= MOST_MESSAGES + 3; no += 1) putBounded(table, String(no), no, String);
  expect(table.size).toBe(MOST_MESSAGES);
  expect(table.get('3')).toBeUndefined();
  expect(table.get('4')).toBe(4);
});

test('a press is forgotten after an hour', () => {
  const table = tableOf<{ id: string; at: number }>();
  const now = Date.now();
  putQuery(table, { id: 'old', at: now - 3_600_001 });
  putQuery(table, { id: 'fresh', at: now - 1_000 });
  putQuery(table, { id: 'new', at: now });
  expect([...table.values()].map(({ id }) => id)).toEqual(['fresh', 'new']);
});

test('files make room for newer ones, and the newest always stays', () => {
  const table = tableOf<{ id: string; name: string; type: string; base64: string }>();
  const file = (id: string, bytes: number) => ({
    ...{ id, name: id, type: 'text/plain' },
    base64: Buffer.alloc(bytes).toString('base64'),
  });
  for (const id of ['a', 'b', 'c']) putFile(table, file(id, 9_000_000));
  expect([...table.values()].map(({ id }) => id)).toEqual(['b', 'c']);
  putFile(table, file('d', 30_000_000));
  expect([...table.values()].map(({ id }) => id)).toEqual(['d']);
});
