import { joinLine, leaveWait, readWait } from '../../commands/wait.ts';
import { Joined, Left, Waiting } from '../answers.ts';
import { operation, param } from '../operation.ts';
import { BookingBody } from '../schemas.ts';
import { openLink } from './link.ts';

export const join = operation({
  name: 'joinWaitingList',
  does: 'Joins the line for a full day',
  about:
    'What is freed is offered to the first in line that fits, as a held booking of this body. A repeat with the same key tells the position of now.',
  key: 'needed',
  counted: 'booking',
  body: BookingBody,
  answers: [{ status: 201, says: 'In line; position 1 is next', shape: Joined }],
  refuses: [
    'INVALID',
    'NOT_FOUND',
    'NOT_ALLOWED',
    'IDEMPOTENCY_MISMATCH',
    'TOO_LARGE',
    'SLOW_DOWN',
    'UNAVAILABLE',
  ],
  async handle(call) {
    const { deps, key, body, response } = call;
    const { joined, replayed } = await joinLine(deps, param(call, 'business'), key!, body);
    if (replayed) response.setHeader('Idempotent-Replayed', 'true');
    response.status(201).json(joined);
  },
});

export const wait = operation({
  name: 'showWait',
  does: 'How a wait stands',
  answers: [{ status: 200, says: 'With `bookingToken` once places were offered', shape: Waiting }],
  refuses: ['NOT_FOUND', 'SLOW_DOWN'],
  async handle(call) {
    call.response.json(await readWait(call.deps, await openLink(call, 'waiting')));
  },
});

export const leave = operation({
  name: 'leaveWaitingList',
  does: 'Leaves the line, or gives an offer back',
  answers: [{ status: 200, says: 'How the wait ended', shape: Left }],
  refuses: ['NOT_FOUND', 'SLOW_DOWN', 'UNAVAILABLE'],
  async handle(call) {
    const state = await leaveWait(call.deps, await openLink(call, 'waiting'));
    call.response.json({ state });
  },
});
