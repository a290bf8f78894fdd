// The whole suite, browser tests included, on what it starts itself. The last line counts.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepare, root, runProgram, runTypeScript } from './ensure.mjs';

await prepare();
await ensureChromium();

const folder = mkdtempSync(path.join(os.tmpdir(), 'pesan-test-'));
let counts = { passed: 0, failed: 0 };
const code = await runProgram(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, 'run', ...process.argv.slice(2)],
  {
    // Whatever the tests make lies in this folder, and goes with it however they end. Temporal's
    // core and ours print colours only to a terminal.
    env: { ...process.env, TMPDIR: folder, NO_COLOR: process.stdout.isTTY ? '' : '1' },
    onMessage: (message) => {
      counts = message.counts ?? counts;
    },
  },
);
await removeFolder();
const failed = Math.max(counts.failed, code === 0 && counts.passed > 0 ? 0 : 1);
console.log(`${counts.passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** An interrupted run may have left servers that are still ending. */
async function removeFolder() {
  const { endStrays } = await runTypeScript('src/local/strays.ts');
  await Promise.all(readdirSync(folder).map((name) => endStrays(path.join(folder, name))));
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Browser tests need a Chromium: the one named, the system's, or Debian's package. */
async function ensureChromium() {
  const places = [process.env.PESAN_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const isThere = () => places.some((place) => place && existsSync(place));
  if (!isThere() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('Installing Chromium for the browser tests (apt-get) …');
    const quiet = {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    await runProgram('apt-get', ['update', '-qq'], quiet);
    const packages = ['--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
    await runProgram('apt-get', ['install', '-y', '-qq', ...packages], quiet);
  }
  if (isThere()) return;
  console.error('The browser tests need Chromium: install it, or set PESAN_CHROMIUM to its path.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}
