import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { removeWebhook, setWebhook } from '../commands/telegram.ts';
import { findAccess } from '../db/access.ts';
import { webhookSecret } from '../db/chat/bots.ts';
import { DomainError } from '../domain/errors.ts';
import { hasRight } from './access.ts';
import { Taken } from './answers.ts';
import { type Call, type Operation, operation, param } from './operation.ts';

/**
 * Where Telegram sends a bot's updates. Who does not know the secret that was set with the webhook is
 * told nothing more than that.
 */
export const telegramWebhook: Operation = operation({
  name: 'telegram',
  does: 'Takes an update of a Telegram bot',
  about:
    'With the secret of `setWebhook` in `X-Telegram-Bot-Api-Secret-Token`. Stored before it is answered; an update that was here before changes nothing.',
  bytes: { most: '256kb' },
  answers: [{ status: 200, says: 'Stored; `duplicate` when it was here before', shape: Taken }],
  refuses: ['UNAUTHORIZED', 'NOT_FOUND', 'TOO_LARGE', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, request, response } = call;
    const business = param(call, 'business');
    const given = request.get('X-Telegram-Bot-Api-Secret-Token') ?? '';
    if (!isSame(given, webhookSecret(deps.vault, business))) {
      throw new DomainError('UNAUTHORIZED', 'This does not come from the bot of this business.');
    }
    const taken = await deps.bot.take(business, readJson(request.body)).catch((cause: unknown) => {
      const unstored = new DomainError('UNAVAILABLE', 'Not stored; send it again.', [], 5);
      throw Object.assign(unstored, { cause });
    });
    if (taken === 'no-bot') throw new DomainError('NOT_FOUND', 'This business has no bot.');
    response.json(taken === 'duplicate' ? { ok: true, duplicate: true } : { ok: true });
  },
});

const Hook = z.object({ ok: z.boolean(), url: z.string().nullable() });

/** The addresses that owners were given: the business is that of the token. */
export const setHook = hook(
  'setWebhook',
  'Has Telegram send updates to us',
  async (call, owner) => {
    const { url } = await setWebhook(call.deps, owner.business, `token:${owner.tokenId}`);
    call.response.json({ ok: true, url });
  },
);

export const removeHook = hook(
  'rmWebhook',
  'Has us ask Telegram for updates',
  async (call, owner) => {
    await removeWebhook(call.deps, owner.business, `token:${owner.tokenId}`);
    call.response.json({ ok: true, url: null });
  },
);

type Owner = NonNullable<Awaited<ReturnType<typeof findAccess>>>;

function hook(
  name: string,
  does: string,
  work: (call: Call, owner: Owner) => Promise<void>,
): { get: Operation; post: Operation } {
  const of = (method: string): Operation =>
    operation({
      name: `${name}By${method}`,
      does,
      about: "Needs an owner's token. Safe to repeat.",
      answers: [{ status: 200, says: 'Done', shape: Hook }],
      refuses: ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'UNAVAILABLE'],
      async handle(call) {
        const given = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(
          call.request.get('Authorization') ?? '',
        )?.[1];
        const owner = given ? await findAccess(call.deps.pool, given) : undefined;
        if (!owner) {
          throw new DomainError('UNAUTHORIZED', 'A token is needed: Authorization: Bearer ….');
        }
        if (!hasRight(owner, 'own')) {
          throw new DomainError('FORBIDDEN', 'This token may not do that here.');
        }
        await work(call as Call, owner);
      },
    });
  return { get: of('Get'), post: of('Post') };
}

function isSame(given: string, wanted: string): boolean {
  const hashed = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hashed(given), hashed(wanted));
}

function readJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}
