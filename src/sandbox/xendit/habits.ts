import { z } from 'zod';
import type { Store } from '../store.ts';

/** What Xendit does not publish, or grants by contract: so it can be changed. */
export const HabitsRequest = z.strictObject({
  /** Calls a minute of one merchant to one endpoint: 60 in test mode, 600 live (docs, 2025). */
  perMinute: z.int().min(1).max(1_000_000).default(600),
  /** How long such a minute lasts: a shorter one takes as many calls a second. */
  minuteSeconds: z.int().min(1).max(60).default(60),
  leastIdr: z.int().min(1).default(1_000),
  mostIdr: z.int().min(1).default(1_000_000_000),
  /** Whether PAID becomes SETTLED by itself. */
  settles: z.boolean().default(true),
  /** Whether an EXPIRED invoice that is read shows the money that came too late. */
  showsLatePayment: z.boolean().default(true),
  /** How refunds end, some minutes of the provider later; `wait` leaves it to the tester. */
  refunds: z.enum(['succeed', 'fail', 'wait']).default('succeed'),
  /** Whether webhooks of refunds come as `{data: {data: …}}`, as in one of the vendor's samples. */
  nestsRefunds: z.boolean().default(false),
});

export type Habits = z.infer<typeof HabitsRequest>;

export interface HabitsKeeper {
  get(): Habits;
  put(habits: Habits): void;
}

export function keepHabits(store: Store): HabitsKeeper {
  const table = store.table<Partial<Habits>>('xendit.habits');
  return {
    get: () => HabitsRequest.parse(table.get('habits') ?? {}),
    put: (habits) => void table.put('habits', habits),
  };
}
