import { z } from 'zod';
import { isNoted, noteUpdate } from '../db/chat/chats.ts';
import { inTransaction } from '../db/pool.ts';
import type { Bot } from './bot.ts';
import type { BotDeps } from './turn.ts';

/** An update that fails this often in a process is left behind: it would keep all others waiting. */
const MOST_TRIES = 5;

/** How many failing updates are counted: their number is up to who sends them. */
const MOST_COUNTED = 1_000;

const Numbered = z.object({ update_id: z.number().int() });

/**
 * A bot that takes updates as this one does, but leaves behind, logged without its content, what fails
 * again and again. While Postgres is away nothing is left behind, since that cannot be noted.
 */
export function takePatiently(deps: Pick<BotDeps, 'pool' | 'log'>, bot: Bot): Bot {
  const failed = new Map<string, number>();
  return {
    async take(business, update) {
      const id = Numbered.safeParse(update).data?.update_id;
      const name = `${business} ${id}`;
      try {
        const taken = await bot.take(business, update);
        failed.delete(name);
        return taken;
      } catch (cause) {
        // One that was left behind fails as before, and is asked about no more.
        const left = id !== undefined && isNoted(deps.pool, business, id).catch(() => false);
        if (await left) return 'duplicate';
        const tries = (failed.get(name) ?? 0) + 1;
        const error = cause instanceof Error ? cause.name : 'unknown';
        deps.log.error({ business, error, tries }, 'An update could not be taken');
        if (failed.size >= MOST_COUNTED) failed.clear();
        failed.set(name, tries);
        if (id === undefined || tries < MOST_TRIES) throw cause;
        await inTransaction(deps.pool, (tx) => noteUpdate(tx, business, id));
        failed.delete(name);
        return 'left';
      }
    },
  };
}
