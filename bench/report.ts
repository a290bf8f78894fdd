import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One line of the table. `ratio` is ours to raw, in the direction that the target reads. */
export interface Row {
  id: string;
  what: string;
  value: number;
  unit: string;
  floor?: number;
  ratio?: number;
  target: string;
  met: boolean;
}

export interface Result {
  at: string;
  versions: Record<string, string>;
  rows: Row[];
}

export function row(
  id: string,
  what: string,
  value: number,
  unit: string,
  floor: number | undefined,
  ratio: number | undefined,
  target: string,
  met: boolean,
): Row {
  return {
    ...{ id, what, value, unit, target, met },
    ...(floor !== undefined && { floor }),
    ...(ratio !== undefined && { ratio }),
  };
}

const place = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Keeps a result where scripts and readers find it. */
export function keep(result: Result): void {
  writeFileSync(place('results/latest.json'), `${JSON.stringify(result, null, 2)}\n`);
  const file = place('../docs/benchmarks.md');
  const text = readFileSync(file, 'utf8');
  const [begin, end] = ['<!-- table -->', '<!-- /table -->'];
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  const after = text.slice(text.indexOf(end));
  const versions = Object.entries(result.versions).map(([name, v]) => `${name} ${v}`);
  const head = `Measured ${result.at.slice(0, 10)} with ${versions.join(', ')}.`;
  writeFileSync(file, `${before}\n\n${head}\n\n${tableOf(result.rows)}\n\n${after}`);
}

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.id,
    row.what,
    `${round(row.value)} ${row.unit}`,
    row.floor === undefined ? '' : `${round(row.floor)} ${row.unit}`,
    row.ratio === undefined ? '' : `${round(row.ratio)} ×`,
    row.target,
    row.met ? 'met' : 'missed',
  ]);
  const head = ['id', 'what', 'ours', 'raw', 'ratio', 'target', ''];
  const all = [head, head.map(() => '---'), ...cells];
  return all.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
