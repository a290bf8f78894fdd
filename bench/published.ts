import { addDays, dateIn } from '../src/domain/calendar.ts';
import type { Ground } from './ground.ts';
import { sample, statistics } from './measure.ts';
import { availability, hold, payByWebhook, paymentReady } from './ours.ts';
import type { Row } from './report.ts';

/**
 * The measurements that were published of a system like this (a hiking permit service on Midtrans),
 * repeated with the same numbers of tries. Theirs stand in the column of the raw figures.
 */
export async function publishedRows(g: Ground, times: (count: number) => number): Promise<Row[]> {
  const date = addDays(dateIn('Asia/Jakarta', new Date()), 12);
  const paid: { ms: number; token: string }[] = [];
  for (let n = 0; n < times(30); n += 1) {
    const held = await hold(g, 'wide', date);
    await paymentReady(g, held.code);
    paid.push({ ms: await payByWebhook(g, held), token: held.token });
  }
  const webhook = statistics(paid.map((one) => one.ms));
  const check = await sample(1, times(50), () => availability(g, date, date));
  const create = await sample(1, times(50), () => hold(g, 'wide', date));
  const ticket = await sample(1, times(50), () => showTicket(g, paid[0]!.token));
  return [
    published('published-webhook', 'webhook → committed booking, mean', webhook.mean, 2_410),
    published('published-quota', 'quota check, mean', check.mean, 142),
    published('published-create', 'create booking, mean', create.mean, 231),
    published('published-ticket', 'get ticket, mean', ticket.mean, 187),
  ];
}

async function showTicket(g: Ground, token: string): Promise<void> {
  const answer = await fetch(`${g.url}/api/v1/bookings/${token}`);
  if (!answer.ok) throw new Error(String(answer.status));
  await answer.json();
}

function published(id: string, what: string, value: number, theirs: number): Row {
  const ratio = value / theirs;
  return { id, what, value, unit: 'ms', floor: theirs, ratio, target: 'theirs', met: ratio <= 1 };
}
