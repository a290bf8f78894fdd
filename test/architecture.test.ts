import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Who may import whom; arrows only point down. A folder that is not here may import anything. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  db: ['domain'],
  payments: ['domain'],
  documents: ['domain'],
  notify: ['domain', 'documents'],
  workflows: ['domain'],
  activities: ['domain', 'db', 'payments', 'notify', 'documents', 'log'],
  commands: ['domain', 'db', 'payments', 'workflows/messages', 'log'],
  pages: ['domain', 'documents', 'notify/language'],
  sandbox: [],
};

/** Types alone cost nothing at run time: a workflow knows the types of its activities. */
const MAY_IMPORT_TYPES: Record<string, string[]> = {
  workflows: ['activities'],
  commands: ['workflows'],
};

interface Import {
  file: string;
  to: string;
  typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => file.split(path.sep).join('/'));

const sourceOf = (file: string) => readFileSync(path.join(SRC, file), 'utf8');

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const statement = /^(?:import|export)\s+(type\s+)?(?:[^';]*?from\s+)?'(\.[^']+)';/gm;
  for (const [, type, target] of sourceOf(file).matchAll(statement)) {
    const to = path.posix.join(path.posix.dirname(file), target!);
    found.push({ file, to, typeOnly: type !== undefined });
  }
  return found;
}

const folderOf = (file: string) => file.split('/')[0]!.replace(/\.ts$/, '');
const allImports = files.flatMap(importsOf);

function isAllowed({ file, to, typeOnly }: Import): boolean {
  const from = folderOf(file);
  const allowed = MAY_IMPORT[from];
  if (!allowed || folderOf(to) === from) return true;
  const also = typeOnly ? (MAY_IMPORT_TYPES[from] ?? []) : [];
  return [...allowed, ...also].some(
    (place) => to === `${place}.ts` || to.startsWith(`${place}/`) || to.startsWith(`${place}.ts`),
  );
}

describe('architecture', () => {
  it('finds the imports that it judges', () => {
    expect(allImports.length).toBeGreaterThan(100);
    expect(isAllowed({ file: 'domain/x.ts', to: 'db/pool.ts', typeOnly: false })).toBe(false);
    expect(isAllowed({ file: 'workflows/x.ts', to: 'activities/index.ts', typeOnly: false })).toBe(
      false,
    );
  });

  it('imports only downwards', () => {
    const upward = allImports.filter((one) => !isAllowed(one));
    expect(upward.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
  });

  it('has no cycles', () => {
    const graph = new Map<string, string[]>();
    for (const { file, to, typeOnly } of allImports) {
      if (!typeOnly) graph.set(file, [...(graph.get(file) ?? []), to]);
    }
    expect(findCycle(graph)).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'a']);
  });

  it('keeps clocks, chance and packages out of workflow code', () => {
    const bundled = files.filter((file) => file.startsWith('workflows/'));
    const foreign = bundled.flatMap((file) =>
      [...sourceOf(file).matchAll(/from '([^.'][^']*)'/g)]
        .map(([, name]) => name!)
        .filter((name) => !/^@temporalio\/(workflow|common)$/.test(name))
        .map((name) => `${file} → ${name}`),
    );
    expect(foreign).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = files.filter((file) => /process\.env\b/.test(sourceOf(file)));
    // Supervision hands the environment on to its children, and reads nothing of it.
    expect(readers.sort()).toEqual(['config.ts', 'local/up.ts']);
  });

  it('ends a process only where one begins', () => {
    const enders = files.filter((file) => /process\.exit\(/.test(sourceOf(file)));
    const others = enders.filter((file) => !/(^|\/)main\.ts$/.test(file));
    expect(others).toEqual(['local/guard.mjs']);
  });

  it('keeps files short', () => {
    const long = files.filter((file) => sourceOf(file).split('\n').length > 400);
    expect(long).toEqual([]);
  });
});

/** Some cycle of a graph, as the path that closes it. */
function findCycle(graph: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): string[] | undefined => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}
