import type { BookingFacts, Texts } from '../domain/facts.ts';

/** How the people of a business are reached, in one line. */
export function contactOf(facts: BookingFacts): string {
  return [facts.business.phone, facts.business.email].filter((way) => way !== '').join(' · ');
}

/** The instant at which a visit begins, as the texts take it. */
export function timeArgs(facts: BookingFacts): { at: Date; zone: string } {
  return { at: facts.visitAt, zone: facts.business.timeZone };
}

/** What was bought, in words: the day of a visit, for an appointment its time, or a whole period. */
export function whenOf(facts: BookingFacts, t: Texts): string {
  if (facts.kind === 'plan') {
    const period = { from: facts.visitAt, to: facts.endsAt, zone: facts.business.timeZone };
    return t(facts.language, 'say-period', period);
  }
  if (facts.time === null) return t(facts.language, 'say-day', { date: facts.date });
  return t(facts.language, 'say-day-at', { date: facts.date, ...timeArgs(facts) });
}
