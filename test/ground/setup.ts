import { afterEach, beforeEach, expect, vi } from 'vitest';

// What is printed as an error, or rejected and not caught, is a fault even if all assertions hold.
let faults: string[] = [];

process.on('unhandledRejection', (reason) => faults.push(`unhandled rejection: ${String(reason)}`));

beforeEach(() => {
  faults = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    faults.push(`console.error: ${words.map(String).join(' ')}`);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(faults).toEqual([]);
});
