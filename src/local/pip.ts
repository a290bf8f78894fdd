import { execFile } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';

/** Longer than the wheel (some 30 MB) takes on a slow line. */
const WITHIN_MS = 180_000;

/**
 * Unpacks a wheel into a folder, which appears whole or not at all. Replaces what was there. Throws an
 * `Error` with what pip complained of.
 */
export async function pipInstall(
  pip: string[],
  wheel: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const half = `${folder}.${process.pid}`;
  const [command, ...first] = pip;
  try {
    const flags = ['--quiet', '--disable-pip-version-check', '--no-deps', '--target', half];
    await run(command!, [...first, 'install', ...flags, wheel], signal);
    rmSync(folder, { recursive: true, force: true });
    renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { timeout: WITHIN_MS, ...(signal && { signal }) };
    execFile(command, args, options, (error, _stdout, stderr) => {
      const complaint = stderr.trim().split('\n').at(-1);
      if (error) reject(new Error(complaint || error.message, { cause: error }));
      else resolve();
    });
  });
}
