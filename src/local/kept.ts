import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A secret of so many random bytes, kept in a file that only its owner reads; made once. */
export function keptSecret(file: string, bytes: number): string {
  if (!existsSync(file)) keepWhole(file, randomBytes(bytes).toString('base64url'));
  const secret = readFileSync(file, 'utf8').trim();
  if (!secret) throw new Error(`${file} is empty: restore it from a backup.`);
  return secret;
}

/** Writes a file that only its owner reads, whole or not at all, whatever happens meanwhile. */
export function keepWhole(file: string, text: string): void {
  const half = `${file}.${process.pid}.new`;
  writeFileSync(half, text, { mode: 0o600, flush: true });
  renameSync(half, file);
}
