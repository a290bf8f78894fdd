import { checkScanTime, scanTicket } from '../../commands/scan.ts';
import { getBusiness } from '../../db/businesses.ts';
import { verifyTicket } from '../../documents/qr.ts';
import { Scanned } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { operation, param } from '../operation.ts';
import { ScanBody } from '../schemas.ts';

export const scan = operation({
  name: 'scanTicket',
  does: 'Lets the holder of a ticket in or out, or says why not',
  about: 'The same nonce gets its first answer, so a gate may upload what it is not sure of.',
  right: 'scan',
  body: ScanBody,
  answers: [{ status: 200, says: 'What was decided', shape: Scanned }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, response } = call;
    const { qr, ticket, at, ...wish } = call.body;
    const when = at ? new Date(at) : deps.now();
    checkScanTime(when, deps.now());
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    const ticketId = qr ? readQr(deps, business, qr) : ticket!.trim().toUpperCase();
    const scanned = { ...wish, ticketId, at: when };
    response.json(await scanTicket(deps.pool, business, timeZone, scanned));
  },
});

/** The ticket that a QR code proves; one of another business is unknown here. */
function readQr(deps: ApiDeps, business: string, qr: string): string {
  const token = verifyTicket(deps.ticketKeys.publicKey, qr.trim());
  if (token === 'forged') return 'forged';
  return token.business === business ? token.ticketId : 'UNKNOWN';
}
