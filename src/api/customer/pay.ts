import { findWayToPay, findWayToPayInvoice } from '../../commands/pay.ts';
import { readFacts } from '../../db/order/facts.ts';
import { readSubscription } from '../../db/plan/subscriptionfacts.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { isUncounted } from '../../domain/invoice.ts';
import type { PayPages } from '../deps.ts';
import { type Call, operation } from '../operation.ts';
import { noteSeen } from '../web/seen.ts';
import { notFound, openPay } from './link.ts';

export const pay = operation({
  name: 'pay',
  does: "Sends the customer on to the provider's page of the attempt that lives",
  about:
    'Where no page lives, one is being opened: the answer is a page that asks again by itself. What cannot be paid any more is said on a page, or in a browser that has opened the booking by its status page.',
  answers: [
    { status: 302, says: "To the provider's page" },
    { status: 303, says: 'Nothing to pay: to the status page that this browser has opened before' },
    {
      status: 200,
      says: 'A page: wait a moment, or why there is nothing to pay',
      type: 'text/html',
    },
  ],
  refuses: ['NOT_FOUND', 'SLOW_DOWN'],
  async handle(call) {
    const { deps, request, response } = call;
    const { ref, attempt } = await openPay(call);
    response.setHeader('Cache-Control', 'no-store');
    noteSeen(deps, request, response, ref, 'paying');
    if (attempt !== undefined) return payInvoice(call, ref, attempt);
    const facts = await readFacts(deps.pool, deps, ref);
    if (!facts) throw notFound();
    const way = await findWayToPay(deps, ref);
    const pages = request.app.locals.payPages as PayPages;
    const isBack = request.query.returned !== undefined;
    if (way.to === 'page' && !isBack) return response.redirect(302, way.url);
    // A page without script looks again by itself: nobody is to pay twice.
    if (way.to === 'transfer' || isBack) response.setHeader('Refresh', '5');
    if (way.to === 'page') return pages.checking(request, response, facts);
    if (way.to === 'transfer') return pages.transfer(request, response, facts);
    if (way.to === 'status') return pages.over(request, response, facts);
    response.setHeader('Refresh', '2');
    pages.wait(request, response, facts);
  },
});

async function payInvoice(
  { deps, request, response }: Pick<Call, 'deps' | 'request' | 'response'>,
  ref: BookingRef,
  attempt: number,
): Promise<void> {
  const way = await findWayToPayInvoice(deps, ref, attempt);
  const isBack = request.query.returned !== undefined;
  if (way.to === 'page' && !isBack) return response.redirect(302, way.url);
  const facts = await readSubscription(deps.pool, deps, ref);
  if (!facts) throw notFound();
  const pages = request.app.locals.payPages as PayPages;
  if (way.to !== 'status' || isUncounted(facts, attempt)) response.setHeader('Refresh', '3');
  const shown = way.to === 'page' ? 'returned' : way.to === 'wait' ? 'wait' : 'over';
  await pages.invoice(request, response, facts, { attempt, way: shown });
}
