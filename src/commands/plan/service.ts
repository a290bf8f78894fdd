import { randomBytes } from 'node:crypto';
import { audit } from '../../db/audit.ts';
import { getBusiness } from '../../db/businesses.ts';
import { getSubject } from '../../db/order/subjects.ts';
import {
  removeHook,
  reviveServiceEvent,
  type ServiceEvent,
  type ServiceHook,
  saveHook,
} from '../../db/plan/service.ts';
import { inTransaction } from '../../db/pool.ts';
import { invalid } from '../../domain/errors.ts';
import type { CommandDeps } from '../deps.ts';

/**
 * Sets where a business's service is told what becomes of subscriptions, and by what secret it knows
 * us; a secret is made when none is given. Answers both, this once. Set again, what is still to be told
 * goes to the new address. Throws `INVALID`.
 */
export async function setServiceHook(
  deps: CommandDeps,
  business: string,
  who: string,
  { url, secret = newSecret() }: { url: string; secret?: string | undefined },
): Promise<ServiceHook> {
  const faults = [
    ...(isTellable(url) ? [] : [{ pointer: '/url', message: URL_RULE }]),
    ...(isSecret(secret) ? [] : [{ pointer: '/secret', message: SECRET_RULE }]),
  ];
  if (faults.length > 0) throw invalid(...faults);
  await getBusiness(deps.pool, business);
  await inTransaction(deps.pool, async (tx) => {
    await saveHook(tx, deps.vault, business, { url, secret });
    // The host alone: an address may carry a key of its own.
    await audit(tx, business, who, 'service-hook.set', new URL(url).host);
  });
  return { url, secret };
}

/** Tells the service nothing from now on; false when there was no address. */
export async function dropServiceHook(
  deps: CommandDeps,
  business: string,
  who: string,
): Promise<boolean> {
  return inTransaction(deps.pool, async (tx) => {
    const wasThere = await removeHook(tx, business);
    if (wasThere) await audit(tx, business, who, 'service-hook.remove', business);
    return wasThere;
  });
}

/**
 * Gives an event a fresh chance at once and wakes the workflow that tells it; one that was told stays
 * told. Answers how it stands, or undefined when there is none.
 */
export async function redriveServiceEvent(
  deps: CommandDeps,
  business: string,
  who: string,
  eventId: string,
): Promise<ServiceEvent | undefined> {
  const event = await inTransaction(deps.pool, async (tx) => {
    const revived = await reviveServiceEvent(tx, business, eventId);
    if (revived) await audit(tx, business, who, 'service-event.redrive', eventId);
    return revived;
  });
  // Temporal down: upkeep finds what is due.
  if (event?.state === 'due') {
    await deps.workflows.wake(await getSubject(deps.pool, event)).catch(() => undefined);
  }
  return event;
}

const URL_RULE = 'An address begins with https://, or on this machine with http://.';
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Nobody between us and the service reads what is told. A name and password in it are not sent. */
function isTellable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

const SECRET_RULE = 'A secret is whsec_ and 24 to 64 bytes in base 64.';

/** Standard Webhooks 1.0, "Signature scheme". */
function isSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (!encoded) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded && bytes.length >= 24 && bytes.length <= 64;
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
