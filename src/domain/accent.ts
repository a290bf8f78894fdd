import type { Kind } from './booking.ts';

export type Accent =
  | 'earth'
  | 'forest'
  | 'lake'
  | 'slate'
  | 'navy'
  | 'harbour'
  | 'berry'
  | 'indigo'
  | 'plum';

const ACCENTS: Record<Kind, readonly [Accent, ...Accent[]]> = {
  permit: ['earth', 'forest', 'lake'],
  appointment: ['slate', 'navy', 'harbour'],
  plan: ['berry', 'indigo', 'plum'],
};

/** The colours of a business: by what it sells and its name, so that a new one has its own as well. */
export function accentOf({ business, kind }: { business: string; kind: Kind }): Accent {
  const accents = ACCENTS[kind];
  const sum = [...business].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 997, 0);
  return accents[sum % accents.length] ?? accents[0];
}
