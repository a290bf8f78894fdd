import {
  type Ending,
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

/**
 * Rehearses an order: prints its twin's code first, then each step as it happens, last what is so when
 * the span is over before the order is.
 */
export async function rehearseOrder(
  reach: RehearseDeps,
  flags: Flags,
  rest: string[],
): Promise<Said> {
  const ending = await rehearse(reach, readSpan(flags, rest), {
    made: (twin) => console.log(twin.code),
    stepped: (step) => console.log(lineOf(step)),
  });
  return ending.next ? { text: endingLine(ending, ending.next) } : {};
}

/** A line: virtual time, what happened, how the twin stands, and each who was told: what, with which link. */
function lineOf({ at, what, state, told }: Step): string {
  const said = told.map((one, place) => {
    const isAgain = told.slice(0, place).some((other) => isSame(one, other));
    return tellingOf(isAgain ? { ...one, who: 'operator', link: '' } : one);
  });
  return [toSecond(at), what, state, ...(said.length > 0 ? said : ['nobody told'])].join(' · ');
}

/** Where the operator has the address that customers' mail of a rehearsal goes to, it is said once. */
function isSame(one: Step['told'][number], other: Step['told'][number]): boolean {
  return one.who === `operator ${other.who}` && one.what === other.what && one.link === other.link;
}

function tellingOf({ who, what, link, sent }: Step['told'][number]): string {
  return `${who} told "${what}"${sent ? '' : ' (not sent)'}${link && `: ${link}`}`;
}

function endingLine({ until, state, activeUntil }: Ending, next: { what: string; at: string }) {
  return [
    `until ${toSecond(until)} nothing more`,
    activeUntil ? `${state} until ${toSecond(activeUntil)}` : state,
    `next: ${next.what} at ${toSecond(next.at)}`,
  ].join(' · ');
}

/** `2026-12-18T00:00:00.000+07:00` without its milliseconds. */
function toSecond(iso: string): string {
  return iso.replace(/\.\d+(?=[+-])/, '');
}
