import { z } from '@hono/zod-openapi';
import { Id } from './ids.ts';
import { Role, ServiceName } from './roles.ts';

/** A person acting for an organisation. Every id is a pseudonym; names live in market alone. */
export const Person = z.strictObject({
  userId: Id,
  organisationId: Id,
  /** The party that the organisation is (see party.ts); null for an office without trading. */
  partyId: Id.nullable(),
  roles: z.array(Role),
  /** True once somebody has checked who stands behind the organisation; see `needs`. */
  organisationVerified: z.boolean().optional(),
});
export type Person = z.infer<typeof Person>;

/** Who is asking: a person with a bearer token, or a service acting, perhaps for a person. */
export const Principal = z.discriminatedUnion('kind', [
  Person.extend({ kind: z.literal('person') }),
  z.strictObject({
    kind: z.literal('service'),
    service: ServiceName,
    actor: Person.nullable(),
  }),
]);
export type Principal = z.infer<typeof Principal>;

/** `iss` of the tokens that market gives to people. Services sign as `service:<name>`. */
export const PEOPLE_ISSUER = 'jishi-people';
export const serviceIssuer = (service: ServiceName): string => `service:${service}`;

export const TOKEN_LIFETIME_SECONDS = 300;
export const TOKEN_SKEW_SECONDS = 30;
