import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';

/** Named values that outlive the process; what `put` returned from is on disk. */
export interface Table<T> {
  readonly size: number;
  get(key: string): T | undefined;
  put(key: string, value: T): T;
  remove(key: string): void;
  /** Oldest first; putting a key again keeps its place. */
  values(): IterableIterator<T>;
}

export interface Store {
  table<T>(name: string): Table<T>;
  close(): void;
}

type Line = [table: string, key: string, value?: unknown];
type Tables = Map<string, Map<string, unknown>>;

/**
 * Opens the journal in `dir`: JSON lines, written through before a caller is answered, replayed and
 * compacted here. A line that a hard kill cut short is left out. Only one process may have it open.
 */
export function openStore(dir: string): Store {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'journal.jsonl');
  const tables = existsSync(file) ? replay(readFileSync(file)) : new Map();
  compact(file, tables);
  const journal = openJournal(file);
  return {
    table: <T>(name: string) => openTable<T>(name, valuesOf<T>(tables, name), journal.append),
    close: journal.close,
  };
}

function openTable<T>(name: string, values: Map<string, T>, append: (line: Line) => void) {
  return {
    get size() {
      return values.size;
    },
    get: (key: string) => values.get(key),
    values: () => values.values(),
    put(key: string, value: T) {
      append([name, key, value]);
      values.set(key, value);
      return value;
    },
    remove(key: string) {
      append([name, key]);
      values.delete(key);
    },
  };
}

function openJournal(file: string) {
  const fd = openSync(file, 'a');
  let open = true;
  let torn = false;
  return {
    append(line: Line) {
      if (!open) throw new Error('The sandbox is closed; nothing more can be kept.');
      // A write that failed half-way (full disk) must not swallow the next line.
      const text = `${torn ? '\n' : ''}${JSON.stringify(line)}\n`;
      torn = true;
      appendFileSync(fd, text);
      torn = false;
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

function replay(bytes: Buffer): Tables {
  const tables: Tables = new Map();
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = parseLine(bytes.toString('utf8', start, end));
    if (line) apply(tables, line);
    start = end + 1;
  }
  return tables;
}

function parseLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

function apply(tables: Tables, line: Line): void {
  const values = valuesOf(tables, line[0]);
  if (line.length === 3) values.set(line[1], line[2]);
  else values.delete(line[1]);
}

function valuesOf<T>(tables: Tables, name: string): Map<string, T> {
  const values = tables.get(name) ?? new Map<string, unknown>();
  tables.set(name, values);
  return values as Map<string, T>;
}

/** Written beside and renamed, so that a kill in between leaves the old journal whole. */
function compact(file: string, tables: Tables): void {
  const next = `${file}.next`;
  const fd = openSync(next, 'w');
  for (const [name, values] of tables) {
    for (const [key, value] of values) {
      appendFileSync(fd, `${JSON.stringify([name, key, value] satisfies Line)}\n`);
    }
  }
  closeSync(fd);
  renameSync(next, file);
}
