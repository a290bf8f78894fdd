import { z } from 'zod';

const Registered = z.object({
  name: z.string(),
  base: z.string(),
  ownerChat: z.number(),
  email: z.string(),
});

/** What a chat with a bot of plans is in the middle of; kept in the chat's row like an order form. */
export const PlanForm = z.discriminatedUnion('flow', [
  z.object({
    flow: z.literal('pay'),
    // `making`: the link of a known address is being made.
    step: z.enum(['base', 'plan', 'email', 'code', 'making']),
    base: z.string().optional(),
    plan: z.string().optional(),
    email: z.string().optional(),
  }),
  z.object({
    flow: z.literal('register'),
    // What is registered and what it is to become, while its change waits for a yes.
    was: Registered.optional(),
    wanted: Registered.optional(),
  }),
  z.object({ flow: z.literal('filter') }),
  z.object({ flow: z.literal('relay'), base: z.string() }),
]);
export type PlanForm = z.output<typeof PlanForm>;
export type PayForm = Extract<PlanForm, { flow: 'pay' }>;

/** A form as it was kept, or undefined when there is none of these. */
export function readPlanForm(kept: unknown): PlanForm | undefined {
  return PlanForm.safeParse(kept).data;
}

/** A registration as the admin typed it. */
export type Registration = z.output<typeof Registered>;

export type RegistrationFault = 'name' | 'channel' | 'owner' | 'email';

/** The names of the lines, in the order in which the form shows them. */
const LINES: Record<RegistrationFault, RegExp> = {
  name: /^\s*(?:nama|name)\s*:(.*)$/im,
  channel: /^\s*(?:channel|kanal|base)\s*:(.*)$/im,
  owner: /^\s*(?:pemilik|owner)\s*:(.*)$/im,
  email: /^\s*e-?mail\s*:(.*)$/im,
};

/** A form that could not be read: the lines that are wrong, and what every line said. */
export interface Misread {
  faults: RegistrationFault[];
  said: Record<RegistrationFault, string>;
}

/** Reads a filled registration form, its lines in any order; every line that is wrong is named. */
export function readRegistration(text: string): Registration | Misread {
  const said = (line: RegistrationFault) => LINES[line].exec(text)?.[1]?.trim() ?? '';
  const base = readBase(said('channel'));
  const owner = /^\d{1,15}$/.test(said('owner')) ? Number(said('owner')) : undefined;
  const name = said('name');
  const email = said('email').toLowerCase();
  const faults: RegistrationFault[] = [];
  if (name.length < 2 || [...name].length > 60) faults.push('name');
  if (!base) faults.push('channel');
  if (owner === undefined) faults.push('owner');
  if (!/^[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[^\s@.<>"',;:]{2,}$/.test(email) || email.length > 200) {
    faults.push('email');
  }
  if (faults.length > 0 || !base || owner === undefined) {
    return { faults, said: { name, email, channel: said('channel'), owner: said('owner') } };
  }
  return { name, base, ownerChat: owner, email };
}

/** The channel that a person named: `@name`, `name` or `https://t.me/name`. */
export function readBase(text: string): string | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?t\.me\//, '')
    .replace(/^@/, '');
  return /^[a-z][a-z0-9_]{3,31}$/.test(said) ? `@${said}` : undefined;
}
