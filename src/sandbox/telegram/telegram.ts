import type { RequestHandler, Router } from 'express';
import type { Alarms } from '../alarms.ts';
import { chatPages } from '../chat/routes.tsx';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Faults } from '../faults.ts';
import type { Provider } from '../provider.ts';
import type { Store } from '../store.ts';
import { botApi } from './api.ts';
import { argsOf } from './args.ts';
import { telegramControl } from './control.ts';
import { createCustomers } from './customers.ts';
import { createDesk } from './desk.ts';
import { openFacts } from './facts.ts';
import { hookMethods } from './hooks.ts';
import { createLimits } from './limits.ts';
import { type Method, messageMethods } from './messages.ts';
import { createPolling } from './polling.ts';
import { settingMethods } from './settings.ts';
import { createSender } from './webhook.ts';

export interface TelegramDeps {
  store: Store;
  alarms: Alarms;
  clock: Clock;
  deliveries: Deliveries;
  faults: Faults;
  readJson: RequestHandler;
}

export interface Telegram extends Provider {
  /** Mounted at `/chat`: the people's side of it. */
  chat: Router;
  close(): void;
}

/** Telegram: the Bot API at `/telegram/bot<token>/<method>`, and the people who talk to the bots. */
export function createTelegram(deps: TelegramDeps): Telegram {
  const facts = openFacts(deps.store);
  const desk = createDesk(facts);
  const limits = createLimits(facts);
  const polling = createPolling(facts, desk);
  const started = (slug: string) => {
    polling.interrupt(slug);
    sender.drain(slug);
  };
  const methods: Record<string, Method> = {
    ...messageMethods(facts, desk, limits),
    ...settingMethods(facts, desk),
    ...hookMethods({ facts, desk, started }),
  };
  const execute = (slug: string, body: string) => executeAnswer(methods, slug, body);
  const sender = createSender({ ...deps, facts, desk, execute });
  const customers = createCustomers(facts, desk);

  return {
    name: 'telegram',
    chat: chatPages(facts, desk),
    api: botApi({ facts, faults: deps.faults, methods, polling }),
    control: telegramControl({ facts, desk, customers, limits }),
    listTransactions: () => [],
    resume: sender.resume,
    liftFaults: sender.liftFaults,
    close() {
      polling.close();
      sender.close();
    },
  };
}

/** A receiver may answer an update with a call; what goes wrong with it, it never hears. */
function executeAnswer(methods: Record<string, Method>, slug: string, body: string): void {
  try {
    const fields = JSON.parse(body) as Record<string, unknown> | null;
    const name = String(fields?.method ?? '').toLowerCase();
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (fields && method) method(slug, argsOf(fields, new Map()));
  } catch {
    // Bodies that are no call, and calls that are refused, are ignored by Telegram as well.
  }
}
