import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  PEOPLE_ISSUER,
  type Person,
  Principal,
  serviceIssuer,
  TOKEN_LIFETIME_SECONDS,
  TOKEN_SKEW_SECONDS,
} from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { ServiceName } from '@jishi/contracts/roles';
import { decodeJwt, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** Public keys that a service trusts, by issuer. By configuration only, never from a token. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** `TRUSTED_KEYS` is a JSON object: issuer → SPKI public key in base64. */
export const parseTrustedKeys = (json: string): TrustedKeys =>
  new Map(
    Object.entries(JSON.parse(json) as Record<string, string>).map(([issuer, spki]) => [
      issuer,
      createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }),
    ]),
  );

export const parsePrivateKey = (base64: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });

const sign = (
  payload: JWTPayload,
  issuer: string,
  audience: ServiceName,
  key: KeyObject,
): Promise<string> =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_LIFETIME_SECONDS}s`)
    .sign(key);

/** A person's bearer token for one service. */
export const signPersonToken = (
  person: Person,
  audience: ServiceName,
  key: KeyObject,
): Promise<string> => sign({ person }, PEOPLE_ISSUER, audience, key);

/** A service's token for another service, carrying the person for whom it acts. */
export const signServiceToken = (
  from: ServiceName,
  audience: ServiceName,
  actor: Person | null,
  key: KeyObject,
): Promise<string> => sign({ actor }, serviceIssuer(from), audience, key);

const principalOf = (issuer: string, payload: JWTPayload): Principal => {
  if (issuer === PEOPLE_ISSUER) {
    return Principal.parse({ kind: 'person', ...(payload.person as object) });
  }
  const service = ServiceName.parse(issuer.slice('service:'.length));
  return Principal.parse({ kind: 'service', service, actor: payload.actor ?? null });
};

interface Verified {
  readonly principal: Principal;
  /** From this second on it has expired, or is older than a token may be. */
  readonly endsAt: number;
}

const verify = async (
  token: string,
  audience: ServiceName,
  trusted: TrustedKeys,
  nowMs: number,
): Promise<Verified> => {
  const issuer = decodeJwt(token).iss ?? '';
  const key = trusted.get(issuer);
  if (!key) throw new Error('issuer not trusted');
  const { payload } = await jwtVerify(token, key, {
    algorithms: ['EdDSA'],
    issuer,
    audience,
    typ: 'JWT',
    clockTolerance: TOKEN_SKEW_SECONDS,
    // The skew comes on top of it, as for every time in the token.
    maxTokenAge: TOKEN_LIFETIME_SECONDS,
    requiredClaims: ['exp', 'iat'],
    currentDate: new Date(nowMs),
  });
  const oldestEnd = (payload.iat ?? 0) + TOKEN_LIFETIME_SECONDS;
  const endsAt = Math.min(payload.exp ?? 0, oldestEnd) + TOKEN_SKEW_SECONDS;
  return { principal: principalOf(issuer, payload), endsAt };
};

const KEPT_MAX = 2_000;
const MS_PER_SECOND = 1_000;

/** Tells the caller behind a bearer token; every failure is the same refusal. */
export type TokenVerifier = (token: string) => Promise<Principal>;

/**
 * A token says nothing else at its second use, and its keys are those of this process: what was
 * verified is kept until it ends, by the whole token.
 */
export const tokenVerifier = (
  audience: ServiceName,
  trusted: TrustedKeys,
  now: () => number = Date.now,
): TokenVerifier => {
  const kept = new Map<string, Verified>();
  return async (token) => {
    const known = kept.get(token);
    if (known && Math.floor(now() / MS_PER_SECOND) < known.endsAt) return known.principal;
    kept.delete(token);
    try {
      const verified = await verify(token, audience, trusted, now());
      kept.set(token, verified);
      const oldest = kept.keys().next();
      if (kept.size > KEPT_MAX && !oldest.done) kept.delete(oldest.value);
      return verified.principal;
    } catch {
      throw new Refusal('token-not-valid');
    }
  };
};
