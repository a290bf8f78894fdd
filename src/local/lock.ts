import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProcess } from './processes.ts';

interface Holder {
  pid: number;
  started: string;
  address: string;
}

/**
 * Takes the data folder for this process; answers how to give it back. Throws an `Error` naming the
 * process that has it. A lock that a hard kill left is recognised: its process is gone, or another
 * one has its id now.
 */
export function takeLock(dataDir: string, address: string): () => void {
  const file = path.join(dataDir, 'lock.json');
  const mine = `${file}.${process.pid}`;
  const started = findProcess(process.pid)?.started ?? '';
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started, address } satisfies Holder));
  try {
    // A link appears whole or not at all, and fails when there is one.
    while (!tryLink(mine, file)) dropStale(file);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(file, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a stale lock aside first: of two who find it stale, only one moves the same file. */
function dropStale(file: string): void {
  refuseIfHeld(readHolder(file));
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (isHeld(moved)) tryLink(aside, file);
  rmSync(aside, { force: true });
  refuseIfHeld(moved);
}

function refuseIfHeld(holder: Holder | undefined): void {
  if (!holder || !isHeld(holder)) return;
  throw new Error(`Pesan already runs here (process ${holder.pid}, ${holder.address}).`);
}

function isHeld(holder: Holder | undefined): boolean {
  return holder !== undefined && findProcess(holder.pid)?.started === holder.started;
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
