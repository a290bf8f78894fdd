import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';

/** What a fresh start writes (Postgres' files, its log, Temporal's database), twice over. */
const ROOM_BYTES = 200_000_000;

/**
 * Makes the data folder, for its owner alone. Throws an `Error` in clear words when it cannot be
 * written or its disk is full.
 */
export function makeDataDir(dataDir: string, roomBytes = ROOM_BYTES): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const advice = 'set PESAN_DATA_DIR to a folder that can.';
    throw new Error(`${dataDir} cannot be written: ${advice}`, { cause });
  }
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < roomBytes) throw new Error(diskIsFull(dataDir, bavail * bsize, roomBytes));
}

function diskIsFull(dataDir: string, free: number, wanted: number): string {
  const [has, wants] = [free, wanted].map((bytes) => `${Math.floor(bytes / 1_000_000)} MB`);
  return (
    `The disk is full: ${dataDir} has ${has} left and needs ${wants} to start. Free some room, or ` +
    'set PESAN_DATA_DIR to another disk. Nothing was lost.'
  );
}

/** Whether a failure says, in the words of Node, Postgres or SQLite, that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const { code, message, cause } = error as NodeJS.ErrnoException;
  if (cause && isDiskFull(cause)) return true;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return true;
  return /no space left on device|disk is full|disk quota exceeded/i.test(message ?? '');
}
