import {
  dropServiceHook,
  redriveServiceEvent,
  setServiceHook,
} from '../../commands/plan/service.ts';
import { getBusiness } from '../../db/businesses.ts';
import { findHook, listServiceEvents, type ServiceEvent } from '../../db/plan/service.ts';
import { isoIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { Done } from '../answers.ts';
import { operation, param, whoOf } from '../operation.ts';
import { ServiceEventsQuery, ServiceHookBody } from '../schemas.ts';
import { RedrivenServiceEvent, ServiceEvents, ServiceHook, ServiceHookSet } from './shapes.ts';

const PAGE = 50;

export const putServiceHook = operation({
  name: 'setServiceHook',
  does: 'Sets where your service is told what becomes of subscriptions',
  about:
    'Signed as Standard Webhooks has it; docs/subscriptions.md shows how to verify. The secret is answered this once; without one in the body, a new one is made. The old one is void at once.',
  right: 'own',
  body: ServiceHookBody,
  answers: [{ status: 200, says: 'The address and its secret', shape: ServiceHookSet }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, body, response } = call;
    response.json(await setServiceHook(deps, param(call, 'business'), whoOf(call), body));
  },
});

export const serviceHook = operation({
  name: 'getServiceHook',
  does: 'Where your service is told; never the secret',
  right: 'read',
  answers: [{ status: 200, says: 'The address', shape: ServiceHook }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    const hook = await findHook(deps.pool, deps.vault, param(call, 'business'));
    if (!hook) throw noHook();
    response.json({ url: hook.url });
  },
});

export const deleteServiceHook = operation({
  name: 'removeServiceHook',
  does: 'Tells your service nothing from now on',
  right: 'own',
  answers: [{ status: 200, says: 'From now on', shape: Done }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    if (!(await dropServiceHook(deps, param(call, 'business'), whoOf(call)))) throw noHook();
    response.json({ ok: true });
  },
});

export const serviceEvents = operation({
  name: 'listServiceEvents',
  does: 'What your service was told, or is to be told, newest first',
  about: 'due: to be told, or tried again; sent: it took it; failed: given up after a week.',
  right: 'read',
  query: ServiceEventsQuery,
  answers: [{ status: 200, says: `At most ${PAGE}, and where to go on`, shape: ServiceEvents }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    const found = await listServiceEvents(deps.pool, business, query, PAGE + 1);
    const items = found.slice(0, PAGE).map((event) => eventView(event, timeZone));
    response.json({ items, next: found.length > PAGE ? items.at(-1)!.id : null });
  },
});

export const redriveService = operation({
  name: 'redriveServiceEvent',
  does: 'Tells your service an event at once, however often it was tried; one that it took stays told',
  right: 'work',
  answers: [{ status: 200, says: 'How it stands', shape: RedrivenServiceEvent }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    const id = param(call, 'id');
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    const event = isId
      ? await redriveServiceEvent(deps, param(call, 'business'), whoOf(call), id)
      : undefined;
    if (!event) throw new DomainError('NOT_FOUND', 'There is no such event here.');
    response.json({ id: event.eventId, state: event.state, code: event.code });
  },
});

function eventView(event: ServiceEvent, timeZone: string) {
  const { eventId, code, type, state, tries, status, error, payload } = event;
  return {
    ...{ id: eventId, code, type, state, tries, status, error, payload },
    createdAt: isoIn(timeZone, event.createdAt),
    nextTryAt: state === 'due' ? isoIn(timeZone, event.nextTryAt) : null,
    sentAt: event.sentAt && isoIn(timeZone, event.sentAt),
  };
}

function noHook(): DomainError {
  return new DomainError('NOT_FOUND', 'No service is told anything here.');
}
