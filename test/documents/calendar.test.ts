import { describe, expect, test } from 'vitest';
import { calendarFile } from '../../src/documents/calendar.ts';
import { createTexts } from '../../src/notify/language.ts';
import { sampleAppointment, sampleBooking } from './sample.ts';

const t = createTexts();

/** The properties of the event and of its alarm, unfolded (RFC 5545, 3.1) and unescaped. */
function read(file: Buffer): { event: Map<string, string>; alarm: Map<string, string> } {
  const lines = file
    .toString()
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter(Boolean);
  const open: string[] = [];
  const found = { VCALENDAR: new Map(), VEVENT: new Map(), VALARM: new Map() };
  for (const line of lines) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) as unknown as [string, string, string];
    if (name === 'BEGIN') open.push(value);
    else if (name === 'END') expect(open.pop()).toBe(value);
    else found[open.at(-1) as keyof typeof found].set(name, unescaped(value));
  }
  expect(open).toEqual([]);
  return { event: found.VEVENT, alarm: found.VALARM };
}

function unescaped(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
}

describe('a calendar file', () => {
  test('of a permit is a day, reminded of at noon the day before', () => {
    const { event, alarm } = read(calendarFile(sampleBooking(), t));
    expect(event.get('DTSTART;VALUE=DATE')).toBe('20251122');
    expect(event.get('SUMMARY')).toBe('Bambangan · Basecamp Gunung Slamet');
    expect(event.get('DESCRIPTION')).toContain('K7M2P9QX\n3 orang\n');
    expect(event.get('STATUS')).toBe('CONFIRMED');
    expect(alarm.get('TRIGGER')).toBe('-PT12H');
  });

  test('of an appointment has its hours, reminded of two hours before', () => {
    const { event, alarm } = read(calendarFile(sampleAppointment(), t));
    expect(event.get('DTSTART')).toBe('20251122T030000Z');
    expect(event.get('DTEND')).toBe('20251122T040000Z');
    expect(alarm.get('TRIGGER')).toBe('-PT2H');
    expect(alarm.get('DESCRIPTION')).toBe('Servis iPhone: Sabtu, 22 November 2025 pukul 10.00 WIB');
  });

  test('of a moved booking changes the event that a calendar has', () => {
    const before = read(calendarFile(sampleBooking(), t)).event;
    const moved = { date: '2025-11-29', reschedules: 1 };
    const after = read(calendarFile(sampleBooking(undefined, moved), t)).event;
    expect(after.get('UID')).toBe(before.get('UID'));
    expect([before.get('SEQUENCE'), after.get('SEQUENCE')]).toEqual(['0', '1']);
    expect(after.get('DTSTART;VALUE=DATE')).toBe('20251129');
  });

  test('of a cancelled booking says so and rings no more', () => {
    const { event, alarm } = read(calendarFile(sampleBooking([], { state: 'cancelled' }), t));
    expect(event.get('STATUS')).toBe('CANCELLED');
    expect(alarm.size).toBe(0);
  });

  test('cannot be made to hold other lines by a name', () => {
    const offering = { id: 'x', name: 'Guci\r\nATTENDEE:mailto:a@b.example\nX;Y,Z' };
    const file = calendarFile(sampleBooking(undefined, { offering }), t);
    const { event } = read(file);
    expect([...event.keys()]).not.toContain('ATTENDEE');
    expect(event.get('SUMMARY')).toContain('X;Y,Z');
  });

  test('is the same bytes when it is written twice', () => {
    const file = calendarFile(sampleBooking(), t);
    expect(file.equals(calendarFile(sampleBooking(), t))).toBe(true);
  });
});
