import type { TicketState } from '../db/order/tickets.ts';
import { inTransaction, maybeOne, type Pool, run, type Tx } from '../db/pool.ts';
import type { OrderState } from '../domain/booking.ts';
import { dateIn } from '../domain/calendar.ts';
import { invalid } from '../domain/errors.ts';

export type ScanReason =
  | 'ALREADY_IN'
  | 'NOT_IN'
  | 'WRONG_DAY'
  | 'NOT_PAID'
  | 'VOID'
  | 'UNKNOWN'
  | 'FORGED';

export interface Scan {
  /** What was read from the QR code and verified, or the id that was typed. */
  ticketId: string | 'forged';
  direction: 'in' | 'out';
  at: Date;
  nonce: string;
  gate: string;
}

export interface ScanResult {
  result: 'in' | 'out' | 'refused';
  reason?: ScanReason;
  holder?: string;
  code?: string;
}

const OFFLINE_MS = 7 * 86_400_000;
const CLOCK_SKEW_MS = 5 * 60_000;

/** Throws `INVALID` for an instant that a gate cannot have scanned at. */
export function checkScanTime(at: Date, now: Date): void {
  const early = at.getTime() < now.getTime() - OFFLINE_MS;
  const late = at.getTime() > now.getTime() + CLOCK_SKEW_MS;
  if (!early && !late) return;
  const message = 'A scan may lie 7 days back and 5 minutes ahead, not more.';
  throw invalid({ pointer: '/at', message });
}

/**
 * Lets the holder of a ticket in or out, or refuses with the reason. The same nonce gets its first
 * answer, so a gate may upload what it is not sure of. Locks the ticket: of two gates at once one
 * lets in.
 */
export async function scanTicket(
  pool: Pool,
  business: string,
  timeZone: string,
  scan: Scan,
): Promise<ScanResult> {
  return inTransaction(pool, async (tx) => {
    // Taken first: the same nonce sent twice at once waits here for the first to commit.
    await run(tx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `${business} ${scan.nonce}`,
    ]);
    const before = await findScan(tx, business, scan.nonce);
    if (before) return before;
    const ticket = scan.ticketId === 'forged' ? undefined : await lockTicket(tx, business, scan);
    const isIn = ticket !== undefined && (await isInside(tx, business, scan, ticket));
    const reason = refusalOf(scan, ticket, isIn, timeZone);
    await record(tx, business, scan, ticket, reason);
    const who = ticket && { holder: ticket.holder, code: ticket.code };
    if (reason) return { result: 'refused', reason, ...who };
    await run(
      tx,
      `update tickets set state = $3
       where business_id = $1 and ticket_id = $2 and state <> 'void'`,
      [business, scan.ticketId, scan.direction],
    );
    return { result: scan.direction, ...who };
  });
}

interface ScannedTicket {
  code: string;
  date: string;
  state: TicketState;
  orderState: OrderState;
  holder: string;
}

async function findScan(tx: Tx, business: string, nonce: string): Promise<ScanResult | undefined> {
  const row = await maybeOne<{
    result: ScanResult['result'];
    reason: ScanReason | null;
    code: string | null;
    holder: string | null;
  }>(
    tx,
    `select s.result, s.reason, s.code, p.name as holder from scans s
     left join tickets t using (business_id, ticket_id)
     left join participants p
       on p.business_id = t.business_id and p.code = t.code and p.seat = t.seat
     where s.business_id = $1 and s.nonce = $2`,
    [business, nonce],
  );
  if (!row) return undefined;
  const { result, reason, code, holder } = row;
  return { result, ...(reason && { reason }), ...(holder && { holder }), ...(code && { code }) };
}

function lockTicket(tx: Tx, business: string, scan: Scan): Promise<ScannedTicket | undefined> {
  return maybeOne(
    tx,
    `select t.code, t.date, t.state, o.state as "orderState", p.name as holder
     from tickets t join orders o using (business_id, code)
     join participants p using (business_id, code, seat)
     where t.business_id = $1 and t.ticket_id = $2 for update of t`,
    [business, scan.ticketId],
  );
}

/** Whether the holder went in and not out again; a ticket that became void since tells by its scans. */
async function isInside(
  tx: Tx,
  business: string,
  scan: Scan,
  ticket: ScannedTicket,
): Promise<boolean> {
  if (ticket.state !== 'void') return ticket.state === 'in';
  const last = await maybeOne<{ result: string }>(
    tx,
    `select result from scans
     where business_id = $1 and ticket_id = $2 and result <> 'refused'
     order by recorded_at desc limit 1`,
    [business, scan.ticketId],
  );
  return last?.result === 'in';
}

/** The way out is for whoever is in, on any day and with any ticket. */
function refusalOf(
  scan: Scan,
  ticket: ScannedTicket | undefined,
  isIn: boolean,
  timeZone: string,
): ScanReason | undefined {
  if (scan.ticketId === 'forged') return 'FORGED';
  if (!ticket) return 'UNKNOWN';
  if (scan.direction === 'out') return isIn ? undefined : 'NOT_IN';
  if (ticket.state === 'void') return 'VOID';
  if (!['paid', 'completed'].includes(ticket.orderState)) return 'NOT_PAID';
  if (ticket.date !== dateIn(timeZone, scan.at)) return 'WRONG_DAY';
  return isIn ? 'ALREADY_IN' : undefined;
}

async function record(
  tx: Tx,
  business: string,
  scan: Scan,
  ticket: ScannedTicket | undefined,
  reason: ScanReason | undefined,
): Promise<void> {
  await run(
    tx,
    `insert into scans (business_id, nonce, ticket_id, code, direction, at, gate, result, reason,
       recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp())`,
    [
      business,
      scan.nonce,
      ticket ? scan.ticketId : null,
      ticket?.code ?? null,
      scan.direction,
      scan.at,
      scan.gate,
      reason ? 'refused' : scan.direction,
      reason ?? null,
    ],
  );
}
