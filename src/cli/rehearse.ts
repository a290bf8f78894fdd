import {
  parseSpan,
  type RehearseDeps,
  rehearse,
  type Step,
} from '../commands/rehearsal/rehearse.ts';
import { type Flags, type Said, Usage, wanted } from './usage.ts';

/** Checks how a rehearsal was asked for, before anything is reached. */
function readSpan(flags: Flags, rest: string[]): { code: string; forwardMs: number } {
  const code = wanted(rest[0], 'CODE').toUpperCase();
  const forwardMs = parseSpan(wanted(flags.forward, '--forward'));
  if (!forwardMs) throw new Usage('--forward is a span like 31d, 12h or 90m, at most 366d.');
  return { code, forwardMs };
}

/** Rehearses an order: prints its twin's code first, then each step as it happens. */
export async function rehearseOrder(
  reach: RehearseDeps,
  flags: Flags,
  rest: string[],
): Promise<Said> {
  await rehearse(reach, readSpan(flags, rest), {
    made: (twin) => console.log(twin.code),
    stepped: (step) => console.log(lineOf(step)),
  });
  return {};
}

/** Virtual time, what happened, how the twin stands, and who was told what. */
function lineOf({ at, what, state, told }: Step): string {
  const said = told.map(
    (one) => `${one.who} told "${one.what}"${one.sent ? '' : ' (not sent)'}: ${one.link}`,
  );
  return [at, what, state, ...(said.length > 0 ? said : ['nobody told'])].join(' · ');
}
