import type { Request, Response } from 'express';
import { chatLink, keepDraft } from '../../commands/carry.ts';
import { findBot } from '../../db/chat/bots.ts';
import { DomainError } from '../../domain/errors.ts';
import { addressOf } from '../limits.ts';
import { readTyped } from './bookform.ts';
import type { WebDeps } from './deps.ts';

/**
 * `GET /{business}/chat`: leads into the chat of the business's bot, and what was chosen here comes
 * along: day and hour, never who somebody is.
 */
export async function goOnInChat(
  deps: WebDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const business = String(request.params.business);
  const bot = await findBot(deps.pool, deps.vault, business);
  if (!bot) throw new DomainError('NOT_FOUND', 'This business has no chat.');
  await deps.limits.booking.take(addressOf(request));
  const { offering, date, time } = readTyped(request.query);
  const wish = { ...(offering && { offering }), ...(date && { date }), ...(time && { time }) };
  const payload = date ? await keepDraft(deps, business, wish) : 'order';
  response.redirect(303, chatLink(deps.telegramUrl, bot, payload));
}
