import type { Table } from '../store.ts';
import type { CallbackQuery } from './facts.ts';

/** What is kept of one chat; older messages are gone, as if their person had cleared the chat. */
export const MOST_MESSAGES = 500;
/** A press can be answered for some minutes; after an hour nobody asks how it was. */
const QUERY_LIFE_MS = 60 * 60_000;
/** Of documents and pictures, all chats together. */
const MOST_FILE_BYTES = 20_000_000;

/** Puts a row into a table that keeps only its newest. */
export function putBounded<T>(table: Table<T>, key: string, row: T, keyOf: (row: T) => string) {
  table.put(key, row);
  for (const oldest of table.values()) {
    if (table.size <= MOST_MESSAGES) return;
    table.remove(keyOf(oldest));
  }
}

export function putQuery(queries: Table<CallbackQuery>, query: CallbackQuery) {
  for (const { id, at } of queries.values()) {
    if (at > Date.now() - QUERY_LIFE_MS) break;
    queries.remove(id);
  }
  queries.put(query.id, query);
}

interface KeptFile {
  id: string;
  name: string;
  type: string;
  base64: string;
}

/** Keeps a file; the oldest make room for it. */
export function putFile(files: Table<KeptFile>, file: KeptFile) {
  files.put(file.id, file);
  let bytes = 0;
  for (const { base64 } of files.values()) bytes += base64.length * 0.75;
  for (const oldest of files.values()) {
    if (bytes <= MOST_FILE_BYTES || oldest.id === file.id) return;
    bytes -= oldest.base64.length * 0.75;
    files.remove(oldest.id);
  }
}
