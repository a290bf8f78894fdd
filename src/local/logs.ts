import { existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log is moved aside when its process starts and it is this long; one older log is kept. */
const LONG_LOG_BYTES = 20_000_000;

/** The log of a part, ready to be appended to. */
export function logFileOf(dataDir: string, name: string): string {
  const file = path.resolve(dataDir, 'logs', `${name}.log`);
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LONG_LOG_BYTES) renameSync(file, `${file}.1`);
  return file;
}

/** The end of a log, for the message of what failed: where to look, and mostly already why. */
export function lastWords(logFile: string, lines = 4): string {
  const text = existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-4_000) : '';
  const last = text.trim().split('\n').slice(-lines);
  return [`The end of ${logFile}:`, ...last].join('\n  ');
}
