import { addDays, dateIn } from '../src/domain/calendar.ts';
import { until } from '../src/local/until.ts';
import { ECHO, startEcho } from './chatraw.ts';
import type { Ground } from './ground.ts';
import { statistics } from './measure.ts';
import { paymentReady, sendSettlement } from './ours.ts';
import { type Row, row } from './report.ts';
import { type Heard, openChat, type Person } from './talk.ts';

const SHOP = 'jiot';
const READS = ['/help', '/catalog', '/status'];
/** What was published of a repair shop's bot: an answer between servers, in milliseconds. */
const PUBLISHED_MS = 2_000;

/**
 * The bot of the demo's repair shop beside a bare grammY bot on the same sandbox, in turns. Measured by
 * the sandbox's clock: from an update being said until the first message that answers it.
 */
export async function chatRows(g: Ground, times: (count: number) => number): Promise<Row[]> {
  await makeRoom(g);
  const echo = await startEcho(g.sandboxUrl);
  try {
    return [
      await reading(g, 'chat-one', 1, times(60)),
      await reading(g, 'chat-50', 50, times(12)),
      ...(await ordering(g, times(30))),
    ];
  } finally {
    await echo.close();
  }
}

/** Neither the sandbox's limits nor the shop's two places an hour are what is measured. */
async function makeRoom(g: Ground): Promise<void> {
  const most = 1_000_000;
  const answer = await fetch(`${g.sandboxUrl}/control/telegram/limits`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ perSecond: most, perChatPerSecond: most, burst: most }),
  });
  if (!answer.ok) throw new Error(`The sandbox's limits answer ${answer.status}.`);
  await g.pool.query('update quota_slots set capacity = 1000 where business_id = $1', [SHOP]);
}

/** So many chats say the same at once, round after round. */
async function reading(g: Ground, id: string, chats: number, rounds: number): Promise<Row> {
  const people = (bot: string) =>
    Array.from({ length: chats }, (_, index) => openChat(g.sandboxUrl, bot, 30_001 + index));
  const [ours, bare] = [people(SHOP), people(ECHO)];
  const took: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  for (let round = -1; round < rounds; round += 1) {
    const text = READS[Math.max(0, round) % READS.length]!;
    const echoed = await sayAll(bare, text);
    const answered = await sayAll(ours, text);
    // The first round opens the chats.
    if (round < 0) continue;
    took.bare.push(...echoed);
    took.ours.push(...answered);
  }
  const [value, floor] = [statistics(took.ours), statistics(took.bare)];
  const ratio = value.p50 / floor.p50;
  const at = chats === 1 ? 'one chat' : `${chats} chats at once`;
  const tail = `p99 ${value.p99.toFixed(0)} ms, raw ${floor.p99.toFixed(0)} ms`;
  const what = `${at} reading: update → answer, p50; ${tail}`;
  return row(id, what, value.p50, 'ms', floor.p50, ratio, '≤ 3 ×', ratio <= 3);
}

async function sayAll(people: readonly Person[], text: string): Promise<number[]> {
  return Promise.all(people.map(async (person) => tookOf(await person.say(text))));
}

/** From the update to the first message, new or changed, that answers it. */
function tookOf({ at, messages }: Heard): number {
  const moments = messages.map((message) => Date.parse(message.editedAt ?? message.at));
  if (moments.length === 0) throw new Error('The bot did not answer.');
  return Math.min(...moments) - Date.parse(at);
}

/** Whole orders, one after another: the form's steps, then the payment. */
async function ordering(g: Ground, orders: number): Promise<Row[]> {
  const steps: number[] = [];
  const told: number[] = [];
  for (let order = 0; order < orders; order += 1) {
    const person = openChat(g.sandboxUrl, SHOP, 40_001 + order);
    steps.push(...(await fillForm(person)));
    told.push(await payAndHear(g, person));
  }
  const [step, paid] = [statistics(steps).p50, statistics(told)];
  const ratio = paid.p50 / PUBLISHED_MS;
  const what = `payment webhook → message in the chat, p50; p99 ${paid.p99.toFixed(0)} ms; published: 2 s an answer, 0.4 s a message`;
  return [
    row('chat-order', 'a step of /order, p50', step, 'ms', undefined, undefined, '', true),
    row('chat-paid', what, paid.p50, 'ms', PUBLISHED_MS, ratio, 'theirs', ratio <= 1),
  ];
}

/** Up to the question for a contact; what each step took. */
async function fillForm(person: Person): Promise<number[]> {
  const took: number[] = [];
  const step = async (deed: Promise<Heard>) => {
    const heard = await deed;
    took.push(tookOf(heard));
    return heard;
  };
  await step(person.say('/order'));
  await step(person.press('Booking'));
  await step(person.say(nextMonday()));
  await step(person.press('iPhone 13'));
  const { messages } = await step(person.press('09:00'));
  const labels = messages.flatMap(({ buttons }) => buttons.flat().map(({ label }) => label));
  await step(person.press(labels.find((label) => label.startsWith('Baterai')) ?? 'Baterai'));
  await step(person.press('Lanjut »'));
  await step(person.press('Virtual account BCA'));
  return took;
}

/** A Monday that is open and free, whatever today is. */
function nextMonday(): string {
  const today = dateIn('Asia/Jakarta', new Date());
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, 7 + ((8 - weekday) % 7));
}

async function payAndHear(g: Ground, person: Person): Promise<number> {
  await person.say('bench@example.com');
  await person.press('Pesan sekarang');
  let code = '';
  await until('the bot names the code', 30_000, async () => {
    const said = (await person.messages()).map(({ text }) => text).join('\n');
    code = /\b[2-9A-Z]{8}\b/.exec(said)?.[0] ?? '';
    return code !== '';
  });
  await paymentReady(g, code);
  const begun = performance.timeOrigin + (await sendSettlement(g, SHOP, code));
  let heardAt = Number.NaN;
  await until('the chat is told of the payment', 30_000, async () => {
    const paid = (await person.messages()).find(({ text }) => text.includes('sudah menerima'));
    if (paid) heardAt = Date.parse(paid.at);
    return paid !== undefined;
  });
  return heardAt - begun;
}
