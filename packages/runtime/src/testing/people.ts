import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { PEOPLE_ISSUER, type Person, serviceIssuer } from '@jishi/contracts/principal';
import type { Role, ServiceName } from '@jishi/contracts/roles';
import { signPersonToken, signServiceToken, type TrustedKeys } from '../tokens.ts';

const SERVICES = ['market', 'ledger', 'subsidy'] as const;

/** Keys and tokens for tests: the real signing and verifying, with keys made for the run. */
export const testPeople = () => {
  const pairs = new Map<string, { publicKey: KeyObject; privateKey: KeyObject }>(
    [PEOPLE_ISSUER, ...SERVICES.map(serviceIssuer)].map((i) => [i, generateKeyPairSync('ed25519')]),
  );
  const keyOf = (issuer: string): KeyObject => {
    const pair = pairs.get(issuer);
    if (!pair) throw new Error(`no key for ${issuer}`);
    return pair.privateKey;
  };
  const trustedKeys: TrustedKeys = new Map([...pairs].map(([i, pair]) => [i, pair.publicKey]));
  return {
    trustedKeys,
    privateKeyOf: keyOf,
    person: (roles: readonly Role[], partyId: string | null = null): Person => ({
      userId: newId(),
      organisationId: newId(),
      partyId,
      roles: [...roles],
      organisationVerified: true,
    }),
    tokenFor: (person: Person, audience: ServiceName): Promise<string> =>
      signPersonToken(person, audience, keyOf(PEOPLE_ISSUER)),
    serviceToken: (
      from: ServiceName,
      audience: ServiceName,
      actor: Person | null = null,
    ): Promise<string> => signServiceToken(from, audience, actor, keyOf(serviceIssuer(from))),
  };
};
