// The whole suite, browser tests included, on what it starts itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureInstalled, root } from './ensure.mjs';

ensureInstalled();
process.chdir(root);
ensureChromium();

const vitest = `${root}node_modules/vitest/vitest.mjs`;
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  // Temporal's core and ours print colours only to a terminal.
  env: { ...process.env, NO_COLOR: process.stdout.isTTY ? '' : '1' },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

/** Browser tests need a Chromium: the one named, the system's, or Debian's package. */
function ensureChromium() {
  const places = [process.env.PESAN_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  if (places.some((place) => place && existsSync(place))) return;
  const root = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (root) {
    console.error('Installing Chromium for the browser tests (apt-get) …');
    const quiet = {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    if (existsSync('/usr/bin/chromium')) return;
  }
  console.error('The browser tests need Chromium: install it, or set PESAN_CHROMIUM to its path.');
  process.exit(1);
}
