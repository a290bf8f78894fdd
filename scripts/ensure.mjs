// What every command does first: a clean checkout needs nothing typed but the command itself.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.pesan-installed`;

/** Installs what is missing, reads `.env`, and makes the checkout the working folder. */
export async function prepare() {
  checkNode();
  endWithNpm();
  await install();
  process.chdir(root);
}

/** Settings from `.env`, where there is one; what is set already wins. */
export function loadSettings() {
  if (existsSync(`${root}.env`)) process.loadEnvFile(`${root}.env`);
}

/** Lets this process run TypeScript, and the file given. */
export async function runTypeScript(file) {
  const { register } = await import('tsx/esm/api');
  register();
  return import(new URL(`../${file}`, import.meta.url).href);
}

/**
 * Runs a program on our terminal, hands on the signals that we get, and answers its exit code. A
 * message that it sends comes to `onMessage`.
 */
export function runProgram(command, args, { onMessage, ...options } = {}) {
  return new Promise((resolve) => {
    const channel = onMessage ? ['ipc'] : [];
    const stdio = ['inherit', 'inherit', 'inherit', ...channel];
    const child = spawn(command, args, { stdio, ...options });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    if (onMessage) child.on('message', onMessage);
    const over = (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      over(127);
    });
    child.once('exit', (code, signal) => over(code ?? (signal ? 130 : 1)));
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

/** Run by npm, a command ends in good order when npm is gone, also when npm was killed. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 1_000).unref();
}

/** Runs `npm ci` unless what is installed fits the lock file and this version of Node. */
async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .update(process.version)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing packages (npm ci) …');
  const code = await runProgram('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    // Output goes to stderr: stdout belongs to the command that was typed.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: '' },
  });
  if (code === 0) return writeFileSync(stamp, wanted);
  if (code === 130) process.exit(code);
  console.error(`npm ci failed (exit ${code}). Is npm's registry reachable?`);
  process.exit(1);
}
