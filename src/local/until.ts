import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something is true, looking ten times a second. Throws when it is not in time. */
export async function until(
  what: string,
  withinMs: number,
  isTrue: () => Promise<boolean> | boolean,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1000} s in vain until: ${what}.`);
    await pause(100);
  }
}
