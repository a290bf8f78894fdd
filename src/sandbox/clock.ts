import { z } from 'zod';
import type { Store } from './store.ts';

/** The body of `PUT /control/clock`. */
export const ClockRequest = z.strictObject({ retryScale: z.number().min(0).max(10) });

/** A thousandth: a provider's two minutes become 0.12 s. */
const DEFAULT_RETRY_SCALE = 0.001;

export interface Clock {
  readonly retryScale: number;
  set(retryScale: number): void;
}

/** How much faster than the real ones the providers' own waits pass here. */
export function createClock(store: Store): Clock {
  const settings = store.table<number>('clock');
  return {
    get retryScale() {
      return settings.get('retryScale') ?? DEFAULT_RETRY_SCALE;
    },
    set(retryScale) {
      settings.put('retryScale', retryScale);
    },
  };
}
