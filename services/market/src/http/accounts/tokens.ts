import { createPublicKey } from 'node:crypto';
import { makeToken, readJwks } from '@jishi/contracts/market/accounts';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { signPersonToken } from '@jishi/runtime/tokens';
import { decodeJwt } from 'jose';
import { loadStanding, personOf } from '../../store/accounts/people.ts';
import type { AccountContext } from './context.ts';

const MS_PER_SECOND = 1_000;

export const serveTokens = (service: Service, context: AccountContext): void => {
  const { db, peopleKey } = context;

  service.serve(makeToken, async ({ body, principal, context: c }) => {
    if (c.req.header('authorization') || principal?.kind !== 'person') {
      throw new Refusal('session-required');
    }
    // Standing is read again for each token: a role taken back is in no later one.
    const standing = await loadStanding(db, principal.userId);
    if (!standing || standing.suspended) throw new Refusal('account-suspended');
    const person = personOf(standing);
    if (!person) throw new Refusal('membership-pending');
    const token = await signPersonToken(person, body.audience, peopleKey);
    const expires = (decodeJwt(token).exp ?? 0) * MS_PER_SECOND;
    return { token, audience: body.audience, expiresAt: new Date(expires).toISOString() };
  });

  const { kty, crv, x } = createPublicKey(peopleKey).export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x) throw new Error('PEOPLE_KEY is not Ed25519');
  const keys = [{ kty, crv, x, use: 'sig', alg: 'EdDSA' }];
  service.serve(readJwks, async () => ({ keys }));
};
