import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type ConsoleMessage, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A phone and a desktop, as people have them. */
export const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
] as const;

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium for a test file. */
export function useBrowser(): { browser: Browser } {
  const held = {} as { browser: Browser };
  beforeAll(async () => {
    held.browser = await launch();
  });
  afterAll(() => held.browser?.close());
  return held;
}

export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

async function launch(): Promise<Browser> {
  const args = CHROMIUM_ARGS;
  const failures: string[] = [];
  for (const executablePath of CHROMIUM) {
    try {
      return await chromium.launch({ executablePath, args });
    } catch (error) {
      failures.push(`${executablePath}: ${String(error).split('\n')[0]}`);
    }
  }
  throw new Error(`No Chromium was found for the browser tests.\n${failures.join('\n')}`);
}

/** Where the system's Chromium lies, for who starts one of their own. */
export function findChromium(): string {
  return CHROMIUM.find((file) => existsSync(file)) ?? CHROMIUM[0]!;
}

/** What is wrong with a page for people who do not see, point or hear as others do. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Run through the debugger, which the page's own policy does not bind.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  });
}

interface AxeResults {
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** How many pixels a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Collects what a page reports as errors: broken scripts, and what the policy refused. */
export function watchErrors(page: Page): { expectNone(): void } {
  const errors: string[] = [];
  const onError = (error: Error) => errors.push(error.message);
  const onWord = (message: ConsoleMessage) => {
    if (message.type() === 'error') errors.push(message.text());
  };
  page.on('pageerror', onError).on('console', onWord);
  return {
    expectNone: () => {
      page.off('pageerror', onError).off('console', onWord);
      expect(errors).toEqual([]);
    },
  };
}
