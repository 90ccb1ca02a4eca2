import { createPublicKey } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { PEOPLE_ISSUER } from '@jishi/contracts/principal';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { testPeople } from './testing/people.ts';
import { tokenVerifier } from './tokens.ts';

const people = testPeople();
const registrar = people.person(['registrar']);
const peopleKey = people.privateKeyOf(PEOPLE_ISSUER);
const now = (): number => Math.floor(Date.now() / 1000);

/** A token that is right in everything but what the case changes. */
const forged = (change: {
  header?: Record<string, unknown>;
  issuer?: string;
  audience?: string;
  issuedAt?: number;
  expiresAt?: number | null;
  key?: Parameters<SignJWT['sign']>[0];
}): Promise<string> => {
  const jwt = new SignJWT({ person: registrar })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', ...change.header })
    .setIssuer(change.issuer ?? PEOPLE_ISSUER)
    .setAudience(change.audience ?? 'ledger')
    .setIssuedAt(change.issuedAt ?? now());
  if (change.expiresAt !== null) jwt.setExpirationTime(change.expiresAt ?? now() + 300);
  return jwt.sign(change.key ?? peopleKey);
};

const verify = tokenVerifier('ledger', people.trustedKeys);
const unsigned = (): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: PEOPLE_ISSUER, aud: 'ledger', iat: now(), exp: now() + 300 };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, person: registrar })}.`;
};
const publicBytes = createPublicKey(peopleKey).export({ type: 'spki', format: 'pem' }) as string;

describe('a bearer token', () => {
  it('made for this service tells the person', async () => {
    expect(await verify(await people.tokenFor(registrar, 'ledger'))).toStrictEqual({
      kind: 'person',
      ...registrar,
    });
  });

  it('of a service carries the person who acted', async () => {
    const token = await people.serviceToken('market', 'ledger', registrar);
    expect(await verify(token)).toStrictEqual({
      kind: 'service',
      service: 'market',
      actor: registrar,
    });
  });

  it('is good for the forgery helper itself: nothing changed, accepted', async () => {
    expect(await verify(await forged({}))).toMatchObject({ kind: 'person' });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['for another service', () => people.tokenFor(registrar, 'subsidy')],
    ['without a signature', unsigned],
    [
      'signed by HMAC with the public key',
      () => forged({ header: { alg: 'HS256' }, key: new TextEncoder().encode(publicBytes) }),
    ],
    ['of an unknown issuer', () => forged({ issuer: 'service:unknown' })],
    ['of another issuer than its key', () => forged({ issuer: 'service:market' })],
    ['of another type', () => forged({ header: { typ: 'at+jwt' } })],
    ['without a type', () => forged({ header: { typ: undefined } })],
    ['expired beyond the skew', () => forged({ issuedAt: now() - 340, expiresAt: now() - 40 })],
    ['without an end', () => forged({ expiresAt: null })],
    ['living longer than allowed', () => forged({ issuedAt: now() - 400, expiresAt: now() + 999 })],
    ['from the future', () => forged({ issuedAt: now() + 120 })],
    ['that is no token', () => 'x.y.z'],
  ])('%s is refused', async (_, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ type: 'token-not-valid' });
  });

  it('with one changed bit is refused', async () => {
    const token = await people.tokenFor(registrar, 'ledger');
    const [head = '', body = '', signature = ''] = token.split('.');
    const bytes = Buffer.from(body, 'base64url');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    const changed = `${head}.${bytes.toString('base64url')}.${signature}`;
    await expect(verify(changed)).rejects.toMatchObject({ type: 'token-not-valid' });
  });
});

describe('a token that was verified before', () => {
  const verifierAt = () => {
    const clock = { seconds: now() };
    const verifier = tokenVerifier('ledger', people.trustedKeys, () => clock.seconds * 1_000);
    return { clock, verifier };
  };

  it.each([
    ['by its own end', 60],
    ['at the age of five minutes', 900],
  ])(
    'ends %s and thirty seconds, as one that is seen then for the first time',
    async (_, lives) => {
      const { clock, verifier } = verifierAt();
      const issuedAt = clock.seconds;
      const token = await forged({ issuedAt, expiresAt: issuedAt + lives });
      await verifier(token);
      clock.seconds = issuedAt + Math.min(lives, 300) + 29;
      expect(await verifier(token)).toMatchObject({ kind: 'person' });
      clock.seconds += 2;
      await expect(verifier(token)).rejects.toMatchObject({ type: 'token-not-valid' });
      const { clock: fresh, verifier: newcomer } = verifierAt();
      fresh.seconds = clock.seconds;
      await expect(newcomer(token)).rejects.toMatchObject({ type: 'token-not-valid' });
    },
  );

  it('vouches for no other token, not by as much as a changed signature', async () => {
    const { verifier } = verifierAt();
    const token = await people.tokenFor(registrar, 'ledger');
    await verifier(token);
    const other = await people.tokenFor({ ...registrar, userId: newId() }, 'ledger');
    const mixed = [...other.split('.').slice(0, 2), token.split('.')[2]].join('.');
    await expect(verifier(mixed)).rejects.toMatchObject({ type: 'token-not-valid' });
    expect(await verifier(other)).not.toMatchObject({ userId: registrar.userId });
    expect(await verifier(token)).toMatchObject({ userId: registrar.userId });
  });

  it('is good for one service alone', async () => {
    const { verifier } = verifierAt();
    const token = await people.tokenFor(registrar, 'ledger');
    await verifier(token);
    const elsewhere = tokenVerifier('market', people.trustedKeys);
    await expect(elsewhere(token)).rejects.toMatchObject({ type: 'token-not-valid' });
  });
});
