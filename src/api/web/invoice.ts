import type { Request, Response } from 'express';
import { h } from 'preact';
import type { SubscriptionFacts } from '../../domain/facts.ts';
import { InvoicePage, type InvoiceShown } from '../../pages/invoice.tsx';
import { sendPage, type WebDeps } from './deps.ts';
import { pathOf } from './door.ts';
import { lookFor } from './look.ts';
import { findSeen } from './seen.ts';
import { readChatUrl } from './stock.ts';

/** What the link of an invoice shows where it does not lead on to the provider's page. */
export async function showInvoice(
  deps: WebDeps,
  request: Request,
  response: Response,
  facts: SubscriptionFacts,
  { attempt, way }: Pick<InvoiceShown, 'attempt' | 'way'>,
): Promise<void> {
  const { business, code } = facts;
  const ref = { business: business.business, code };
  const shown = {
    ...{ facts, attempt, way },
    // Who pays need not be the owner: only a browser that has the subscription's link is led there.
    pagePath: findSeen(deps, request, ref) && pathOf(deps, 'subscription', ref),
    chatUrl: await readChatUrl(deps, business),
  };
  const look = lookFor(deps, request, response);
  sendPage(response, 200, h(InvoicePage, { look, shown }));
}
