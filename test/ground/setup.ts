import { afterAll, afterEach, expect } from 'vitest';

// What is printed as an error, or rejected and not caught, is a fault even if all assertions hold.
const faults: string[] = [];

console.error = (...words: unknown[]) => {
  faults.push(`console.error: ${words.map(String).join(' ')}`);
};
process.on('unhandledRejection', (reason) => faults.push(`unhandled rejection: ${String(reason)}`));

function expectNoFaults(): void {
  expect(faults.splice(0)).toEqual([]);
}

afterEach(expectNoFaults);
// Registered first, this runs last: after a file has cleared away what it stood on.
afterAll(expectNoFaults);
