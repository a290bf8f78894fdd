import { qrModules } from '../documents/qr.ts';
import type { BookingFacts, TicketFacts } from '../domain/facts.ts';
import type { Look } from './look.ts';
import type { Status } from './status.ts';

/** What a paid customer came for, first of all: the tickets, then the rest of the papers. */
export function Downloads({ look, status }: { look: Look; status: Status }) {
  const { facts, documentsPath } = status;
  return (
    <ul class="downloads">
      {facts.tickets.length > 0 && (
        <li>
          <a class="button download" href={`${documentsPath}/tickets.pdf`} download="">
            {look.t('page-download-tickets', { count: facts.tickets.length })}
          </a>
        </li>
      )}
      <li>
        <a href={`${documentsPath}/receipt.pdf`} download="">
          {look.t('page-download-receipt')}
        </a>
      </li>
      {facts.state === 'paid' && (
        <li>
          <a href={`${documentsPath}/calendar.ics`} download="">
            {look.t('page-download-calendar')}
          </a>
        </li>
      )}
    </ul>
  );
}

/** Each member with the code that the gate reads from this very screen. */
export function Tickets({ look, facts }: { look: Look; facts: BookingFacts }) {
  if (facts.tickets.length === 0 || !['paid', 'completed'].includes(facts.state)) return null;
  return (
    <section aria-labelledby="tickets">
      <h2 id="tickets">{look.t('page-tickets', { count: facts.tickets.length })}</h2>
      <ol class="tickets">
        {facts.tickets.map((ticket) => (
          <Ticket key={ticket.id} look={look} ticket={ticket} of={facts.quantity} />
        ))}
      </ol>
    </section>
  );
}

function Ticket({ look, ticket, of }: { look: Look; ticket: TicketFacts; of: number }) {
  return (
    <li class={`ticket ${ticket.state}`}>
      <Qr text={ticket.qr} label={look.t('page-qr-of', { ticket: ticket.id })} />
      <div>
        <small>{look.t('ticket-seat-of', { seat: ticket.seat, seats: of })}</small>
        <h3>
          <bdi>{ticket.holder}</bdi>
        </h3>
        <p>
          <small>{look.t('ticket-identity')}</small> {ticket.identity}
        </p>
        <p class="ticket-id">
          <small>{look.t('ticket-id')}</small> {ticket.id}
        </p>
        {ticket.state !== 'valid' && (
          <p class="ticket-state">{look.t('page-ticket-state', { state: ticket.state })}</p>
        )}
      </div>
    </li>
  );
}

const QUIET_SQUARES = 4;

/** A QR code drawn into the page: nothing to load, sharp on every screen. */
function Qr({ text, label }: { text: string; label: string }) {
  const { size, dark } = qrModules(text);
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (dark(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  const side = size + 2 * QUIET_SQUARES;
  return (
    <svg
      class="qr"
      viewBox={`${-QUIET_SQUARES} ${-QUIET_SQUARES} ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect x={-QUIET_SQUARES} y={-QUIET_SQUARES} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
