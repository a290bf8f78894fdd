import { sendChat } from '../bot/sender.ts';
import { type Config, required } from '../config.ts';
import { createPool } from '../db/pool.ts';
import { createVault } from '../db/vault.ts';
import { signTicket, ticketKeys } from '../documents/qr.ts';
import { createTexts } from '../notify/language.ts';
import { createMailer } from '../notify/mailer.ts';
import { createTelegram } from '../notify/telegram.ts';
import { createMidtrans } from '../payments/midtrans.ts';
import type { Provider } from '../payments/provider.ts';
import { createRehearsal } from '../payments/rehearsal.ts';
import { createXendit } from '../payments/xendit.ts';
import type { WorkerDeps } from './worker.ts';

/** The providers that an installation has, by name. */
export function createProviders(config: Config): (name: string) => Provider {
  const midtrans = createMidtrans({ ...config.midtrans, timeoutMs: config.providerTimeoutMs });
  const xendit = createXendit({ ...config.xendit, timeoutMs: config.providerTimeoutMs });
  const rehearsal = createRehearsal();
  return (name) => {
    if (name === 'rehearsal') return rehearsal;
    if (name === 'midtrans') return midtrans;
    if (name === 'xendit') return xendit;
    throw new Error(`No payment provider is called ${name}.`);
  };
}

/** What activities and commands reach, from the configuration of a process. */
export function createHands(config: Config): WorkerDeps['hands'] {
  const pool = createPool(required(config.databaseUrl, 'DATABASE_URL'), 20);
  const vault = createVault(required(config.secret, 'PESAN_SECRET'));
  const keys = ticketKeys(vault.ticketSeed);
  const telegram = createTelegram(config.telegramUrl);
  return {
    pool,
    vault,
    provider: createProviders(config),
    mailer: createMailer({ smtpUrl: config.smtpUrl, from: config.mailFrom }),
    texts: createTexts(),
    telegram,
    sendChat: (chat) => sendChat({ pool, vault, telegram }, chat),
    publicUrl: config.publicUrl,
    holdMinutes: config.holdMinutes,
    qrOf: (ticket) => signTicket(keys.privateKey, ticket),
  };
}
