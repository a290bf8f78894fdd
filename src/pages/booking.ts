import type { FormState } from './field.tsx';
import type { Shop, Ware } from './shop.ts';

/** The first step: what, when and how many. */
export interface WhenFacts {
  shop: Shop;
  /** What is chosen so far. */
  ware: Ware | undefined;
  form: FormState;
}

/** A day (and time) that has room, offered instead of one that has not. */
export interface Alternative {
  date: string;
  time: string | null;
  left: number;
  priceIdr: number;
}

/** Why what was wished for cannot be held; `stale`: the form was open for too long. */
export type Refused =
  | 'sold-out'
  | 'closed'
  | 'identity'
  | 'too-late'
  | 'not-allowed'
  | 'used-key'
  | 'slow-down'
  | 'unavailable'
  | 'stale';

/** The second step: who comes, and how they are reached. */
export interface WhoFacts {
  shop: Shop;
  ware: Ware;
  date: string;
  time: string | null;
  quantity: number;
  form: FormState;
  /** Signed: this form was made for this browser. */
  formToken: string;
  /** Made when the form was first shown: a second press books nothing more. */
  key: string;
  refused?: Refused | undefined;
  /** Why the day is closed, in the words of the business. */
  reason?: string | undefined;
  alternatives: readonly Alternative[];
  /** The booking that this form made before, if this browser may see it. */
  earlierUrl?: string | undefined;
}
