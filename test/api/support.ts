import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { z } from 'zod';
import type { BookingWish } from '../../src/commands/draft.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import type { Answer } from '../ground/http.ts';
import type { Stack } from '../ground/stack.ts';

export const BOOKINGS = '/api/v1/businesses/slamet/bookings';
export const REPAIRS = '/api/v1/businesses/jiot/bookings';

/** The next day on which the repair bench is open. */
export function workday(ahead: number): string {
  const date = dayAhead(ahead);
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 ? dayAhead(ahead + 1) : date;
}

/** Books a party; the answer whatever it is. */
export function book(
  stack: Stack,
  quantity: number,
  wish: Partial<BookingWish> = {},
  key: string = randomUUID(),
): Promise<Answer> {
  return stack.call('POST', BOOKINGS, { body: partyWish(quantity, wish), key });
}

/** Books a party and pays for it; answers the booking with its tickets. */
export async function bookAndPay(
  stack: Stack,
  quantity: number,
  wish: Partial<BookingWish> = {},
): Promise<Answer['body'] & { token: string }> {
  const { body, status } = await book(stack, quantity, wish);
  expect(status, JSON.stringify(body)).toBe(201);
  const { token, code } = body;
  await stack.booking(token, (seen) => seen.payment.state === 'pending');
  await stack.provider(`${code}-1`, 'settle');
  const paid = await stack.booking(token, (seen) => seen.tickets.length === quantity);
  return { ...paid, token };
}

/** An answer is a problem of this code, told as the contract says. */
export function expectProblem(answer: Answer, status: number, code: string, ...pointers: string[]) {
  expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body.type).toMatch(/^http:\/\/.+\/api\/docs#[a-z-]+$/);
  expect(answer.body.title).toMatch(/\S/);
  expect(answer.body.detail).toMatch(/\S/);
  const found = (answer.body.errors ?? []).map((error: { pointer: string }) => error.pointer);
  for (const pointer of pointers) expect(found).toContain(pointer);
  if (pointers.length > 0) expect(found).toHaveLength(pointers.length);
}

/** An answer has the documented shape, and nothing that is not documented. */
export function expectShape(answer: Answer, shape: z.ZodType) {
  expect(shape.parse(answer.body)).toEqual(answer.body);
}
