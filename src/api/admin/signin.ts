import { verify } from '@node-rs/argon2';
import { createToken, findStaff } from '../../db/access.ts';
import { audit } from '../../db/audit.ts';
import { getBusiness } from '../../db/businesses.ts';
import { isoIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { SignedIn } from '../answers.ts';
import { addressOf } from '../limits.ts';
import { operation, param } from '../operation.ts';
import { SignInBody } from '../schemas.ts';

const SIGN_IN_MS = 12 * 3_600_000;

/** Verified against when nobody has that e-mail, so that both answers take as long. */
export const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$4Ya6fDhvQ2LZ1Cy0c4vUoEoPaZg7jVl9b3cEwJ1n4uA';

export const signIn = operation({
  name: 'signIn',
  does: 'Signs staff in',
  about: 'The token lives 12 hours. Ten tries in a quarter of an hour for each address and e-mail.',
  body: SignInBody,
  answers: [{ status: 200, says: 'A token of the role that this person has', shape: SignedIn }],
  refuses: ['INVALID', 'UNAUTHORIZED', 'NOT_FOUND', 'SLOW_DOWN', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, limits, request, response, body } = call;
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    await limits.signIn.take(`${addressOf(request)} ${business} ${body.email.toLowerCase()}`);
    const member = await findStaff(deps.pool, business, body.email);
    const right = await verify(member?.passwordHash ?? NOBODY, body.password).catch(() => false);
    if (!member || !right) {
      throw new DomainError('UNAUTHORIZED', 'E-mail or password is wrong.');
    }
    const expiresAt = new Date(deps.now().getTime() + SIGN_IN_MS);
    const token = await createToken(deps.pool, business, member.role, 'sign-in', expiresAt);
    await audit(deps.pool, business, member.role, 'sign-in', 'token');
    response.json({ token, role: member.role, expiresAt: isoIn(timeZone, expiresAt) });
  },
});
