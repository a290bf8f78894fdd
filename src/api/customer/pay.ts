import { findWayToPay } from '../../commands/pay.ts';
import type { PayWaitPage } from '../deps.ts';
import { operation } from '../operation.ts';
import { openBooking } from './link.ts';

export const pay = operation({
  name: 'pay',
  does: "Sends the customer on to the provider's page of the attempt that lives",
  about:
    'Where no page lives, one is being opened: the answer is a page that asks again by itself. What cannot be paid any more leads to the status page.',
  answers: [
    { status: 302, says: "To the provider's page" },
    { status: 303, says: 'To the status page: there is nothing to pay' },
    { status: 200, says: 'The page is being opened; asks again by itself', type: 'text/html' },
  ],
  refuses: ['NOT_FOUND', 'SLOW_DOWN'],
  async handle(call) {
    const { deps, request, response } = call;
    const facts = await openBooking(call, 'pay');
    const ref = { business: facts.business.business, code: facts.code };
    const way = await findWayToPay(deps, ref, facts);
    response.setHeader('Cache-Control', 'no-store');
    if (way.to === 'page') return response.redirect(302, way.url);
    if (way.to === 'status') return response.redirect(303, facts.statusUrl);
    response.setHeader('Refresh', '2');
    const page = request.app.locals.payWaitPage as PayWaitPage;
    response.type('html').send(page(request, response, facts));
  },
});
