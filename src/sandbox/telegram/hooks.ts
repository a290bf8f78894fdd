import type { Args } from './args.ts';
import { changeBot } from './bots.ts';
import type { Desk } from './desk.ts';
import type { Facts, Webhook } from './facts.ts';
import type { Method } from './messages.ts';
import { bad, tooMany } from './refusal.ts';

export interface HookResult {
  result: true;
  description: string;
}

interface HookDeps {
  facts: Facts;
  desk: Desk;
  /** Ends a `getUpdates` that waits, and begins to post. */
  started(slug: string): void;
}

/** `setWebhook`, `deleteWebhook` and `getWebhookInfo`. */
export function hookMethods({ facts, desk, started }: HookDeps): Record<string, Method> {
  const setAt = new Map<string, number>();

  const drop = (slug: string, args: Args) => {
    if (!args.flag('drop_pending_updates')) return;
    for (const { update } of desk.listPending(slug)) desk.confirm(slug, update.update_id);
  };

  const remove: Method = (slug, args): HookResult => {
    drop(slug, args);
    const had = desk.getBot(slug).webhook !== undefined;
    const { webhook: _, ...bot } = desk.getBot(slug);
    if (had) facts.bots.put(slug, bot);
    return { result: true, description: `Webhook ${had ? 'was' : 'is already'} deleted` };
  };

  const set: Method = (slug, args) => {
    if (!args.text('url')) return remove(slug, args);
    const webhook = readWebhook(args, desk.getBot(slug).webhook?.allowed_updates);
    const isSame = settingsOf(webhook) === settingsOf(desk.getBot(slug).webhook);
    if (isSame) {
      drop(slug, args);
      return { result: true, description: 'Webhook is already set' } satisfies HookResult;
    }
    if (Date.now() - (setAt.get(slug) ?? 0) < 1000) throw tooMany(1);
    setAt.set(slug, Date.now());
    drop(slug, args);
    changeBot(facts, slug, { webhook });
    started(slug);
    return { result: true, description: 'Webhook was set' } satisfies HookResult;
  };

  return {
    setwebhook: set,
    deletewebhook: remove,
    getwebhookinfo(slug) {
      const { secret_token: _, ...webhook } = desk.getBot(slug).webhook ?? { url: '' };
      const pending_update_count = desk.listPending(slug).length;
      return { ...webhook, has_custom_certificate: false, pending_update_count };
    },
  };
}

/** Plain HTTP and any port are taken: a receiver on this machine has no certificate. */
function readWebhook(args: Args, before: string[] | undefined): Webhook {
  const url = args.text('url') ?? '';
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw bad('bad webhook: invalid webhook URL specified');
  const secret = args.text('secret_token');
  if ((secret?.length ?? 0) > 256) throw bad('secret token is too long');
  if (secret && !/^[A-Za-z0-9_-]+$/.test(secret)) {
    throw bad('secret token contains unallowed characters');
  }
  const asked = args.json('allowed_updates');
  const allowed = Array.isArray(asked) ? asked.map(String) : before;
  const max_connections = Math.min(100, Math.max(1, args.int('max_connections') ?? 40));
  return {
    url,
    max_connections,
    ...(secret && { secret_token: secret }),
    ...(allowed && { allowed_updates: allowed }),
  };
}

function settingsOf(webhook: Webhook | undefined): string {
  const { url, secret_token, max_connections, allowed_updates } = webhook ?? {};
  return JSON.stringify([url, secret_token, max_connections, allowed_updates]);
}
