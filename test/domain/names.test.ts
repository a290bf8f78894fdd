import { readdirSync, readFileSync } from 'node:fs';
import type { Router } from 'express';
import { describe, expect, it } from 'vitest';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { Limits } from '../../src/api/limits.ts';
import { ROUTES } from '../../src/api/routes.ts';
import { createWeb } from '../../src/api/web/web.ts';
import { isFreeName } from '../../src/domain/names.ts';

const SANDBOX = new URL('../../src/sandbox/', import.meta.url);

const addresses = [...ROUTES.map(({ path }) => path), ...pagesAndAssets(), ...sandboxPaths()];
const taken = [...new Set([...firstWords(addresses), ...sandboxProviders()])];

describe('the name of a business', () => {
  // One of each source: where nothing is found, the next test would ask about too few.
  it('is judged by the addresses that are there', () => {
    expect(taken).toEqual(expect.arrayContaining(['api', 'assets', 'b', 'mail', 'telegram']));
  });

  it.each(taken)('is not %s: that address is taken', (name) => {
    expect(isFreeName(name)).toBe(false);
  });

  it.each(['slamet', 'jiot', 'payday', 'api-shop'])('may be %s', (name) => {
    expect(isFreeName(name)).toBe(true);
  });
});

/** What addresses begin with, where that is a word and not somebody's name. */
function firstWords(paths: string[]): string[] {
  return paths.flatMap((path) => /^\/([\w-]+)/.exec(path)?.[1] ?? []);
}

function pagesAndAssets(): string[] {
  const deps = { stopping: new AbortController().signal } as unknown as ApiDeps;
  const router: Router = createWeb(deps, {} as Limits).router;
  return router.stack.flatMap(({ route }) => (route ? [String(route.path)] : []));
}

/** The sandbox has no list of its addresses, and its app is reached over HTTP only. */
function sandboxPaths(): string[] {
  const mounted = /\bapp\.(?:all|delete|get|post|put|use)\(\s*'(\/[^']*)'/g;
  return [...sourceOf('sandbox.ts').matchAll(mounted)].map(([, path]) => path!);
}

/** The sandbox answers for a provider under the provider's name. */
function sandboxProviders(): string[] {
  return readdirSync(SANDBOX, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...sourceOf(file).matchAll(/return \{\s+name: '(\w+)',/g)])
    .map(([, name]) => name!);
}

function sourceOf(file: string): string {
  return readFileSync(new URL(file, SANDBOX), 'utf8');
}
