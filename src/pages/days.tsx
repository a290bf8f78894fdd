import type { Look } from './look.ts';
import type { DayOfWare } from './shop.ts';
import { day, month, shortDay, weekday } from './words.ts';

interface DaysProps {
  look: Look;
  days: readonly DayOfWare[];
  /** What is left is places of a day, or free hours. */
  unit: 'place' | 'hour';
  hrefOf(date: string): string;
  /** The form that a press on a day sends with what was typed in it; without one, days are links. */
  form?: string | undefined;
  chosen?: string | undefined;
}

/** The next days in a row, with what is left of each; a closed one says why. */
export function DayStrip({ look, days, unit, hrefOf }: DaysProps) {
  return (
    <ol class="strip">
      {days.map((one) => (
        <li key={one.date} class={one.state}>
          <DayLink one={one} href={hrefOf(one.date)}>
            <span class="date">
              <span>{weekday(look, one.date)} </span>
              {shortDay(look, one.date)}
            </span>
            <span class="left">{look.t(`page-day-${one.state}`, { left: one.left, unit })}</span>
          </DayLink>
          {one.reason && <small lang="id">{one.reason}</small>}
        </li>
      ))}
    </ol>
  );
}

/** Whole months as tables: a day that can be had, or waited for, is a link. */
export function Months(props: DaysProps) {
  const months = new Map<string, DayOfWare[]>();
  for (const one of props.days) {
    const key = one.date.slice(0, 7);
    months.set(key, [...(months.get(key) ?? []), one]);
  }
  return (
    <div class="months">
      {[...months].map(([key, days]) => (
        <Month key={key} {...props} days={days} />
      ))}
    </div>
  );
}

function Month({ look, days, unit, hrefOf, form, chosen }: DaysProps) {
  const first = days[0]!.date;
  return (
    <table class="month">
      <caption>{month(look, first)}</caption>
      <thead>
        <tr>
          {WEEK.map((date) => (
            <th key={date} scope="col">
              {weekday(look, date)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.find((one) => one)!.date}>
            {week.map((one, at) => (
              <td key={one?.date ?? `empty ${at}`} class={one?.state}>
                {one && (
                  <DayLink
                    one={one}
                    href={hrefOf(one.date)}
                    form={form}
                    current={one.date === chosen}
                  >
                    <span class="number" aria-hidden="true">
                      {Number(one.date.slice(8))}
                    </span>
                    <span class="count" aria-hidden="true">
                      {one.state === 'closed' ? '–' : one.left}
                    </span>
                    <span class="unseen">
                      {day(look, one.date)}:{' '}
                      {look.t(`page-day-${one.state}`, { left: one.left, unit })}
                    </span>
                  </DayLink>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayLink({
  one,
  href,
  form,
  current = false,
  children,
}: {
  one: DayOfWare;
  href: string;
  form?: string | undefined;
  current?: boolean;
  children: preact.ComponentChildren;
}) {
  if (one.state === 'closed') return <span class="day">{children}</span>;
  const chosen = current && { 'aria-current': 'date' as const };
  if (!form) {
    return (
      <a class="day" href={href} {...chosen}>
        {children}
      </a>
    );
  }
  return (
    <button class="day" type="submit" form={form} name="day" value={one.date} {...chosen}>
      {children}
    </button>
  );
}

/** A week of dates, Monday first, to name the columns by. */
const WEEK = [2, 3, 4, 5, 6, 7, 8].map((number) => `2023-01-0${number}`);

/** Rows of seven, Monday first, with gaps before the first and after the last day. */
function weeksOf(days: readonly DayOfWare[]): (DayOfWare | undefined)[][] {
  const mondayFirst = (new Date(`${days[0]!.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (DayOfWare | undefined)[] = [...new Array(mondayFirst).fill(undefined), ...days];
  while (cells.length % 7 !== 0) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7));
}
