import { createClient } from '../commands/client.ts';
import { createFastForward, isLoopback } from '../commands/rehearsal/fastforward.ts';
import type { RehearseDeps } from '../commands/rehearsal/rehearse.ts';
import { createWorkflows } from '../commands/workflows.ts';
import type { Config } from '../config.ts';
import { required } from '../config.ts';
import type { FactsDeps } from '../db/order/facts.ts';
import { createPool } from '../db/pool.ts';
import { createVault } from '../db/vault.ts';
import type { Texts } from '../domain/facts.ts';
import { createTexts } from '../notify/language.ts';
import { createTelegram, type Telegram } from '../notify/telegram.ts';
import { createProviders } from '../worker/hands.ts';

export interface Reach extends RehearseDeps, FactsDeps {
  texts: Texts;
  telegram: Telegram;
  close(): Promise<void>;
}

/** What the operator's commands reach: the same commands as the api's, without a server. */
export function createReach(config: Config): Reach {
  const pool = createPool(required(config.databaseUrl, 'DATABASE_URL'), 4);
  const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`;
  const client = createClient(address, config.temporalNamespace);
  return {
    pool,
    vault: createVault(required(config.secret, 'PESAN_SECRET')),
    workflows: createWorkflows(client),
    fastForward: createFastForward(client),
    isTelegramSandboxed: isLoopback(config.telegramUrl),
    provider: createProviders(config),
    texts: createTexts(),
    telegram: createTelegram(config.telegramUrl),
    publicUrl: config.publicUrl,
    holdMinutes: config.holdMinutes,
    now: () => new Date(),
    qrOf: () => '',
    close: async () => {
      await Promise.allSettled([pool.end(), client.connection.close()]);
    },
  };
}
