import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeProcess } from './processes.ts';

/**
 * Takes the data folder for this process. Throws an `Error` naming the process that has it. A lock
 * that a hard kill left is recognised: its process is gone, or another one has its id now.
 */
export function takeLock(dataDir: string, address: string): () => void {
  const file = path.join(dataDir, 'lock.json');
  const holder = existsSync(file) ? readHolder(file) : undefined;
  if (holder && describeProcess(holder.pid)?.started === holder.started) {
    throw new Error(`Pesan already runs here (process ${holder.pid}, ${holder.address}).`);
  }
  rmSync(file, { force: true });
  const started = describeProcess(process.pid)?.started;
  writeFileSync(file, JSON.stringify({ pid: process.pid, started, address }), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): { pid: number; started: string; address: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
