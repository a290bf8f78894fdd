import { describe, expect, it } from 'vitest';
import { sendOtp } from '../../../src/activities/plan/otp.ts';
import { requestOtp } from '../../../src/commands/plan/otp.ts';
import { subscribe } from '../../../src/commands/plan/subscribe.ts';
import { openChat } from '../../../src/db/chat/chats.ts';
import { findBase } from '../../../src/db/plan/bases.ts';
import { forgetOtps, rememberEmail } from '../../../src/db/plan/otps.ts';
import { inTransaction, many, one, run } from '../../../src/db/pool.ts';
import { commandDeps } from '../../ground/asking.ts';
import { useCore } from '../../ground/life.ts';
import { newBase } from '../../ground/plans.ts';

const core = useCore();
const ASKED = new Date('2030-01-10T09:30:00+07:00');
const later = (ms: number) => new Date(ASKED.getTime() + ms);
const LASTS_MS = 10 * 60_000;

interface Sent {
  base: string;
  email: string;
  /** The digits of the newest code, as its owner reads them. */
  code: string;
}

/** A base of its own, whose owner was sent a code. */
async function sent(): Promise<Sent> {
  const base = await newBase(core);
  const { email } = (await findBase(core.pool, 'rafess', base))!;
  return { base, email, code: await ask(email, ASKED) };
}

async function ask(email: string, at: Date, chatId?: number): Promise<string> {
  await requestOtp(
    commandDeps(core, () => at),
    'rafess',
    { email, chatId },
  );
  const { sealed } = await one<{ sealed: Buffer }>(
    core.pool,
    `select code_sealed as sealed from otps where email = $1 and chat_id is not distinct from $2
     order by created_at desc limit 1`,
    [email.trim().toLowerCase(), chatId ?? null],
  );
  return core.vault.unseal(sealed);
}

/** What subscribing with a code answers: `known` or `made`, or why not. */
function tryCode(
  { base, email }: Sent,
  otp: string,
  at = ASKED,
  as = email,
  chatId?: number,
): Promise<string> {
  const deps = commandDeps(core, () => at);
  const wish = { plan: 'weekly', base, email: as, otp, chatId };
  return subscribe(deps, 'rafess', undefined, wish).then(
    ({ how }) => how,
    (error: { code?: string }) => error.code ?? String(error),
  );
}

/** A chat that is nobody's here. */
const STRANGER = 799_000;

const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

const countOf = async (email: string) =>
  (await many(core.pool, 'select 1 from otps where email = $1', [email])).length;

const invoicesFor = ({ base }: Sent) =>
  many(
    core.pool,
    'select 1 from payments join subscriptions using (business_id, code) where base = $1',
    [base],
  );

describe('a code that is tried', () => {
  // Guards `expiresAt <= now` of `useOtp`.
  it.each([
    ['a moment before its ten minutes are over', LASTS_MS - 1, 'made'],
    ['when they are over', LASTS_MS, 'OTP_EXPIRED'],
    ['a moment later', LASTS_MS + 1, 'OTP_EXPIRED'],
  ])('%s', async (_when, ms, answer) => {
    const owner = await sent();
    expect(await tryCode(owner, owner.code, later(ms))).toBe(answer);
    expect(await invoicesFor(owner)).toHaveLength(answer === 'made' ? 1 : 0);
  });

  // Guards the commit of a refused try: a thrown refusal would roll its count back.
  it('wrongly five times is good no more, also when it is right', async () => {
    const owner = await sent();
    for (const _ of [1, 2, 3, 4, 5]) {
      expect(await tryCode(owner, wrong(owner.code))).toBe('OTP_WRONG');
    }
    expect(await tryCode(owner, owner.code)).toBe('OTP_TOO_MANY');
    expect(await invoicesFor(owner)).toEqual([]);
  });

  it('wrongly four times is still good', async () => {
    const owner = await sent();
    for (const _ of [1, 2, 3, 4]) await tryCode(owner, wrong(owner.code));
    expect(await tryCode(owner, owner.code)).toBe('made');
  });

  // Guards the lock of `lockNewestOtp`: guesses at once would each read no try before them.
  it('wrongly by ten at once is tried five times', async () => {
    const owner = await sent();
    const tries = Array.from({ length: 10 }, () => tryCode(owner, wrong(owner.code)));
    const answers = (await Promise.all(tries)).sort();
    expect(answers).toEqual([...Array(5).fill('OTP_TOO_MANY'), ...Array(5).fill('OTP_WRONG')]);
  });

  it('twice is good once, also at once', async () => {
    const owner = await sent();
    expect(await tryCode(owner, owner.code)).toBe('made');
    expect(await tryCode(owner, owner.code)).toBe('OTP_EXPIRED');
    const other = await sent();
    const answers = await Promise.all([tryCode(other, other.code), tryCode(other, other.code)]);
    expect(answers.sort()).toEqual(['OTP_EXPIRED', 'made']);
    expect(await invoicesFor(other)).toHaveLength(1);
  });

  it('after a newer one was asked for is wrong, and the newer one is good', async () => {
    const owner = await sent();
    let newer = await ask(owner.email, later(1));
    // One time in a million both are the same digits.
    if (newer === owner.code) newer = await ask(owner.email, later(2));
    expect(await tryCode(owner, owner.code, later(3))).toBe('OTP_WRONG');
    expect(await tryCode(owner, newer, later(3))).toBe('made');
  });

  // Guards the count of tries for an address that is not the base's: a sixth answer would tell it.
  it.each([
    ['the registered one', ({ email }: Sent) => email],
    ['that of another base', (_: Sent, other: Sent) => other.email],
    ['one that no base has', () => 'nobody@example.com'],
  ])('as %s answers alike, wrong by wrong', async (_which, pick) => {
    const [owner, other] = [await sent(), await sent()];
    const as = pick(owner, other);
    expect(await tryCode(owner, wrong(owner.code), ASKED, 'never-asked@example.com')).toBe(
      'OTP_WRONG',
    );
    await requestOtp(
      commandDeps(core, () => later(1)),
      'rafess',
      { email: as },
    );
    // The digits of the newest code of that address are not known here: each is tried once.
    const answers: string[] = [];
    for (const digits of ['000000', '000001', '000002', '000003', '000004', '000005']) {
      answers.push(await tryCode(owner, digits, later(2), as));
    }
    expect(answers).toEqual([...Array(5).fill('OTP_WRONG'), 'OTP_TOO_MANY']);
    await requestOtp(
      commandDeps(core, () => later(3)),
      'rafess',
      { email: as },
    );
    expect(await tryCode(owner, '000000', later(3 + LASTS_MS), as)).toBe('OTP_EXPIRED');
    expect(await invoicesFor(owner)).toEqual([]);
  });

  it('for another base is as wrong as any, also when it is right for that one', async () => {
    const [owner, stranger] = [await sent(), await sent()];
    const theirs = { ...owner, email: stranger.email };
    expect(await tryCode(theirs, stranger.code)).toBe('OTP_WRONG');
    expect(await invoicesFor(owner)).toEqual([]);
  });

  // Guards the chat of a code: a stranger's guesses and newer codes are the stranger's alone.
  it('in another chat than asked for it is wrong, and takes nothing from it', async () => {
    const base = await newBase(core);
    const { email, ownerChat } = (await findBase(core.pool, 'rafess', base))!;
    const owner = { base, email, code: await ask(email, ASKED, ownerChat) };
    expect(await tryCode(owner, owner.code)).toBe('OTP_WRONG');
    expect(await tryCode(owner, owner.code, ASKED, email, STRANGER)).toBe('OTP_WRONG');
    const theirs = await ask(email, later(1), STRANGER);
    const digits = theirs === '000000' ? '111111' : '000000';
    for (const _ of [1, 2, 3, 4, 5]) await tryCode(owner, digits, later(2), email, STRANGER);
    expect(await tryCode(owner, theirs, later(2), email, STRANGER)).toBe('OTP_TOO_MANY');
    expect(await tryCode(owner, owner.code, later(3), email, ownerChat)).toBe('made');
  });

  it('is found by its address however that is written', async () => {
    const owner = await sent();
    const as = `  ${owner.email.toUpperCase()} `;
    const code = await ask(as, later(1));
    expect(await tryCode(owner, code, later(2), as)).toBe('made');
  });
});

describe('a code that is asked for', () => {
  // Guards `MOST_AN_HOUR`: before, at and after the hour of the first of five.
  it('is sent five times an hour', async () => {
    const { email } = await sent();
    const deps = (ms: number) => commandDeps(core, () => later(ms));
    for (const minute of [1, 2, 3, 4]) await requestOtp(deps(minute * 60_000), 'rafess', { email });
    expect(await countOf(email)).toBe(5);
    await requestOtp(deps(3_600_000 - 1), 'rafess', { email });
    expect(await countOf(email)).toBe(5);
    await requestOtp(deps(3_600_000), 'rafess', { email });
    expect(await countOf(email)).toBe(6);
    await requestOtp(deps(3_600_001), 'rafess', { email });
    expect(await countOf(email)).toBe(6);
  });

  it('for an address that no base has is written down like any other, and never sent', async () => {
    await requestOtp(commandDeps(core), 'rafess', { email: 'unknown@example.com' });
    const rows = await many<{ otpId: string; sealed: Buffer | null }>(
      core.pool,
      `select otp_id as "otpId", code_sealed as sealed from otps where email = 'unknown@example.com'`,
    );
    expect(rows.map(({ sealed }) => sealed)).toEqual([null]);
    const mailer = { send: () => Promise.reject(new Error('sent')), close: () => undefined };
    const deps = { ...core.deps, mailer: mailer as unknown as typeof core.deps.mailer };
    await sendOtp(deps, 'rafess', rows[0]!.otpId);
  });

  it('cannot be sent while Temporal is away: said alike whether the address is known', async () => {
    const { email } = await sent();
    const deps = commandDeps(core);
    const away = {
      ...deps,
      workflows: { ...deps.workflows, sendOtp: () => Promise.reject(new Error('away')) },
    };
    for (const asked of [email, 'nobody-knows@example.com']) {
      await expect(requestOtp(away, 'rafess', { email: asked })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
    }
  });

  it('is asked for by a chat five times an hour, whatever the addresses', async () => {
    const { email } = await sent();
    const deps = (ms: number) => commandDeps(core, () => later(ms));
    const wish = (no: number) => ({ email: `typo${no}@example.com`, chatId: STRANGER + 1 });
    for (const no of [1, 2, 3, 4, 5]) {
      expect(await requestOtp(deps(no), 'rafess', wish(no))).toBe('asked');
    }
    const known = { email, chatId: STRANGER + 1 };
    expect(await requestOtp(deps(6), 'rafess', known)).toBe('too-many');
    expect(await requestOtp(deps(6), 'rafess', wish(6))).toBe('too-many');
    expect(await requestOtp(deps(3_600_001), 'rafess', known)).toBe('asked');
  });

  // Guards `isOwnAddress`: whoever knows an address could keep its owner out for the hour.
  it.each([
    ['the chat of its base', false],
    ['a chat that has shown it', true],
  ])('by others as often as may be, is still sent to %s', async (_whose, isShown) => {
    const base = await newBase(core);
    const { email, ownerChat } = (await findBase(core.pool, 'rafess', base))!;
    const own = isShown ? ownerChat + 500_000 : ownerChat;
    if (isShown) {
      await inTransaction(core.pool, async (tx) => {
        await openChat(tx, { business: 'rafess', chatId: own }, -own, {
          name: 'Ani',
          language: 'id',
        });
        await rememberEmail(tx, 'rafess', own, email);
      });
    }
    const deps = commandDeps(core, () => later(1));
    for (const no of [1, 2, 3]) {
      await requestOtp(deps, 'rafess', { email, chatId: STRANGER + 10 + no });
      await requestOtp(deps, 'rafess', { email });
    }
    expect(await countOf(email)).toBe(5);
    await requestOtp(deps, 'rafess', { email, chatId: own });
    expect(await countOf(email)).toBe(6);
    const code = await ask(email, later(2), own);
    expect(await tryCode({ base, email, code }, code, later(3), email, own)).toBe('made');
  });

  it('by ten at once is written down five times', async () => {
    const base = await newBase(core);
    const { email } = (await findBase(core.pool, 'rafess', base))!;
    const deps = commandDeps(core, () => ASKED);
    await Promise.all(Array.from({ length: 10 }, () => requestOtp(deps, 'rafess', { email })));
    expect(await countOf(email)).toBe(5);
  });

  it('is in the clear nowhere once it was sent, and sent once', async () => {
    const { email, code } = await sent();
    const { otpId } = await one<{ otpId: string }>(
      core.pool,
      'select otp_id as "otpId" from otps where email = $1',
      [email],
    );
    const letters: { to: string; subject: string }[] = [];
    const mailer = {
      send: async (letter: { to: string; subject: string }) => void letters.push(letter),
      close: () => undefined,
    };
    const deps = { ...core.deps, mailer: mailer as unknown as typeof core.deps.mailer };
    await sendOtp(deps, 'rafess', otpId);
    await sendOtp(deps, 'rafess', otpId);
    expect(letters.map(({ to }) => to)).toEqual([email]);
    const row = await one<{ hash: Buffer; sealed: Buffer | null; all: string }>(
      core.pool,
      `select code_hash as hash, code_sealed as sealed, otps::text as all from otps
       where otp_id = $1`,
      [otpId],
    );
    expect(row.sealed).toBeNull();
    expect(row.hash).toHaveLength(32);
    expect(row.all.replace(/\\x[0-9a-f]+|[0-9a-f-]{36}/g, '')).not.toContain(code);
  });

  it('stays to be sent when the mail server refuses it for now', async () => {
    const { email, code } = await sent();
    const { otpId } = await one<{ otpId: string }>(
      core.pool,
      'select otp_id as "otpId" from otps where email = $1',
      [email],
    );
    const away = { send: () => Promise.reject(new Error('421')), close: () => undefined };
    const deps = { ...core.deps, mailer: away as unknown as typeof core.deps.mailer };
    await expect(sendOtp(deps, 'rafess', otpId)).rejects.toThrow('421');
    const { sealed } = await one<{ sealed: Buffer }>(
      core.pool,
      'select code_sealed as sealed from otps where otp_id = $1',
      [otpId],
    );
    expect(core.vault.unseal(sealed)).toBe(code);
  });

  it('is forgotten after a day, with its address', async () => {
    const { email } = await sent();
    await run(
      core.pool,
      `update otps set created_at = now() - interval '25 hours' where email = $1`,
      [email],
    );
    await forgetOtps(core.pool);
    expect(await countOf(email)).toBe(0);
  });
});
