import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { BookingFacts, Texts } from '../domain/facts.ts';
import { contactOf, whenOf } from './booking.ts';

/** At noon of the day before: time left to pack. For an appointment: time left to set out. */
const DAY_VISIT_ALARM_S = 12 * 3600;
const APPOINTMENT_ALARM_S = 2 * 3600;

/**
 * The visit as an iCalendar file (RFC 5545). The same facts give the same bytes.
 *
 * The event's UID is the booking's for ever and SEQUENCE counts its moves, so a calendar that is
 * given the file again changes the event instead of adding one. A visit of a whole day is an
 * all-day event, which needs no time zone; an appointment is written in UTC. An ended booking is
 * written as cancelled.
 */
export function calendarFile(facts: BookingFacts, t: Texts): Buffer {
  const { business, language } = facts;
  const names = { kind: facts.kind, offering: facts.offering.name, business: business.name };
  const calendar = ical({
    prodId: { company: 'Pesan', product: 'Pesan', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const event = calendar.createEvent({
    id: `${facts.code}@${business.business}.pesan`,
    stamp: facts.paidAt ?? facts.visitAt,
    sequence: facts.reschedules ?? 0,
    status: isOn(facts) ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    summary: t(language, 'calendar-title', names),
    location: business.name,
    description: t(language, 'calendar-about', {
      ...names,
      code: facts.code,
      quantity: facts.quantity,
      statusUrl: facts.statusUrl,
      contact: contactOf(facts),
    }),
    url: facts.statusUrl,
    ...spanOf(facts),
  });
  if (isOn(facts)) {
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: facts.time === null ? DAY_VISIT_ALARM_S : APPOINTMENT_ALARM_S,
      description: t(language, 'calendar-alarm', { ...names, when: whenOf(facts, t) }),
    });
  }
  return Buffer.from(calendar.toString());
}

function isOn(facts: BookingFacts): boolean {
  return facts.state === 'paid' || facts.state === 'completed';
}

function spanOf(facts: BookingFacts): { start: Date; end?: Date; allDay: boolean } {
  if (facts.time !== null) return { start: facts.visitAt, end: facts.endsAt, allDay: false };
  return { start: new Date(`${facts.date}T00:00:00Z`), allDay: true };
}
