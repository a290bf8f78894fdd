import type { Request } from 'express';
import { readFacts } from '../../db/order/facts.ts';
import { many } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';
import type { Typed } from '../../pages/field.tsx';
import type { WebDeps } from './deps.ts';
import { findSeen } from './seen.ts';

/**
 * What a form is filled in with when somebody books again: contact and members of a booking that this
 * very browser has opened. Identity numbers are never sent back.
 */
export async function readAgain(deps: WebDeps, request: Request, business: string): Promise<Typed> {
  const code = request.query.again;
  const ref = typeof code === 'string' && findSeen(deps, request, { business, code });
  const facts = ref && (await readFacts(deps.pool, deps, ref));
  if (!facts) return {};
  const { name, email, phone } = facts.customer;
  return { name, email: email ?? '', phone: phone ?? '', ...(await readMembers(deps, ref)) };
}

async function readMembers(deps: WebDeps, ref: BookingRef): Promise<Typed> {
  const members = await many<Record<string, string | number | null>>(
    deps.pool,
    `select seat, name, identity_type as type, birth_date as birth, phone,
       emergency_name as "sos-name", emergency_phone as "sos-phone"
     from participants where business_id = $1 and code = $2 order by seat`,
    [ref.business, ref.code],
  );
  const fields = members.flatMap(({ seat, ...member }) =>
    Object.entries(member).map(([part, value]) => [`m${Number(seat) - 1}-${part}`, value ?? '']),
  );
  return Object.fromEntries(fields);
}
