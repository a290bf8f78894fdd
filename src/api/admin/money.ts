import { syncPayments } from '../../commands/sync.ts';
import { redriveEvent } from '../../commands/webhook.ts';
import { audit, listAudit } from '../../db/audit.ts';
import { getBusiness } from '../../db/businesses.ts';
import { listEvents } from '../../db/money/events.ts';
import { checkLedger } from '../../db/money/ledger.ts';
import { isoIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { Audit, Events, Ledger, Redriven, Synced } from '../answers.ts';
import { operation, param, whoOf } from '../operation.ts';
import { AuditQuery, EventsQuery, SyncBody } from '../schemas.ts';

const PAGE = 50;

export const sync = operation({
  name: 'syncPayments',
  does: 'Asks the provider now, about one booking or all that are open; answers when done',
  right: 'work',
  body: SyncBody,
  answers: [{ status: 200, says: 'What was asked about and what changed', shape: Synced }],
  refuses: ['INVALID', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, body, response } = call;
    const business = param(call, 'business');
    const { looked: _, ...synced } = await syncPayments(deps, business, body.code?.toUpperCase());
    await audit(deps.pool, business, whoOf(call), 'payments.sync', body.code ?? 'all');
    response.json(synced);
  },
});

export const events = operation({
  name: 'listEvents',
  does: 'What providers told us, newest first',
  right: 'read',
  query: EventsQuery,
  answers: [{ status: 200, says: `At most ${PAGE}, and where to go on`, shape: Events }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    const found = await listEvents(deps.pool, business, query, PAGE + 1);
    const items = found.slice(0, PAGE).map(({ eventId, business: _, receivedAt, ...event }) => ({
      id: eventId,
      ...event,
      receivedAt: isoIn(timeZone, receivedAt),
    }));
    response.json({ items, next: found.length > PAGE ? items.at(-1)!.id : null });
  },
});

export const redrive = operation({
  name: 'redriveEvent',
  does: 'Drives an event again, with a fresh set of tries',
  right: 'work',
  answers: [{ status: 200, says: 'How it stands', shape: Redriven }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    const business = param(call, 'business');
    const id = /^\d{1,15}$/.test(param(call, 'id')) ? Number(param(call, 'id')) : undefined;
    const event = id === undefined ? undefined : await redriveEvent(deps, business, id);
    if (!event) throw new DomainError('NOT_FOUND', 'There is no such event here.');
    await audit(deps.pool, business, whoOf(call), 'event.redrive', String(event.eventId));
    response.json({ id: event.eventId, state: event.state, code: event.code });
  },
});

export const auditLog = operation({
  name: 'listAudit',
  does: 'Who did what, newest first',
  right: 'read',
  query: AuditQuery,
  answers: [{ status: 200, says: `At most ${PAGE}, and where to go on`, shape: Audit }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    const found = await listAudit(deps.pool, business, query.after, PAGE + 1);
    const items = found
      .slice(0, PAGE)
      .map(({ auditId, at, ...entry }) => ({ id: auditId, at: isoIn(timeZone, at), ...entry }));
    response.json({ items, next: found.length > PAGE ? items.at(-1)!.id : null });
  },
});

export const ledger = operation({
  name: 'checkLedger',
  does: 'Checks the books now: places against orders, orders against money',
  right: 'read',
  answers: [{ status: 200, says: 'No differences is the promise', shape: Ledger }],
  refuses: [],
  async handle(call) {
    const { deps, response } = call;
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    const { checkedAt, differences } = await checkLedger(deps.pool, business, deps.now());
    response.json({ checkedAt: isoIn(timeZone, checkedAt), differences });
  },
});
