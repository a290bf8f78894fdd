import { expect } from 'vitest';
import { many } from '../../../src/db/pool.ts';
import { until } from '../../../src/local/until.ts';
import type { Stack } from '../../ground/stack.ts';
import { chatOf, type Talk, textOf } from '../talk.ts';

export const ADMIN = 900_001;
export const OWNER = 900_002;
export const EMAIL = 'owner@demo-base.example';

export const talkTo = (stack: Stack, chatId: number, language = 'id') =>
  chatOf(stack, chatId, language, 'rafess');

/** The code of the newest mail to an address, once there are more than so many. */
export async function codeIn(stack: Stack, email: string, after: number): Promise<string> {
  let code = '';
  await until('the code is in the mailbox', 20_000, async () => {
    const mails = await mailsTo(stack, email);
    code = /^\d{6}\b/.exec(mails[after]?.subject ?? '')?.[0] ?? '';
    return code !== '';
  });
  return code;
}

export async function mailsTo(stack: Stack, email: string): Promise<{ subject: string }[]> {
  const { body } = await stack.sandbox.call('GET', `/control/mail?to=${email}`);
  const mails = body.messages as { subject: string }[];
  return mails.filter(({ subject }) => /^\d{6}\b/.test(subject));
}

/** Registers a base, as the admin does, whose owner has a chat and an address of their own. */
export async function registerBase(stack: Stack, name: string, owner: number): Promise<string> {
  const base = `@${name}`;
  const text = `Nama: ${name}\nChannel: ${base}\nPemilik: ${owner}\nEmail: ${name}@example.com`;
  const admin = talkTo(stack, ADMIN);
  await admin.say('/daftar');
  expect(textOf(await admin.say(text))).toContain('Terdaftar');
  return base;
}

/** Goes through /bayar up to the link, and answers the invoice that was made: `CODE-attempt`. */
export async function askToPay(
  stack: Stack,
  talk: Talk,
  base: string,
  plan: string,
): Promise<string> {
  const email = base === '@demo_base' ? EMAIL : `${base.slice(1)}@example.com`;
  const known = (await mailsTo(stack, email)).length;
  await talk.say(`/bayar ${base}`);
  const asked = textOf(await talk.press(plan));
  if (asked.includes('alamat e-mail')) {
    await talk.say(email);
    await talk.say(await codeIn(stack, email, known));
  }
  await until('the link is in the chat', 15_000, async () => {
    return (await talk.last()).text.includes('/pay/');
  });
  return newestInvoice(stack, base);
}

export async function newestInvoice(stack: Stack, base: string): Promise<string> {
  const [newest] = await many<{ ref: string }>(
    stack.pool,
    `select p.provider_ref as ref from payments p join subscriptions s using (business_id, code)
     where s.base = $1 and not s.twin order by p.attempt desc limit 1`,
    [base],
  );
  return newest!.ref;
}

/** Waits until Xendit has the invoice, then moves it there. */
export async function atXendit(
  stack: Stack,
  ref: string,
  to: 'pay' | 'expire',
  how: object = {},
): Promise<void> {
  await until('Xendit has the invoice', 20_000, async () => {
    const path = `/control/transactions?provider=xendit&ref=${ref}`;
    return (await stack.sandbox.call('GET', path)).body.transactions.length > 0;
  });
  const moved = await stack.sandbox.call('POST', `/control/xendit/${ref}/${to}`, { body: how });
  expect(moved.status, JSON.stringify(moved.body)).toBe(200);
}

/** Waits until a chat was told something, and answers how often it was. */
export async function toldIn(talk: Talk, words: string): Promise<number> {
  const count = async () =>
    (await talk.messages()).filter(({ from, text }) => from === 'bot' && text.includes(words))
      .length;
  await until(`the chat is told: ${words}`, 20_000, async () => (await count()) > 0);
  return count();
}
