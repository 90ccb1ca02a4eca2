import { makeSecret, makeSigningKey, openKeyFolder } from '@jishi/runtime/keys';
import type { ServiceId } from './databases.ts';

/** Every secret of an installation, each for one purpose. */
export interface Keys {
  /** Of the embedded PostgreSQL's own role. */
  readonly postgresPassword: string;
  /** The passwords of the services' database roles derive from it. */
  readonly databaseRoles: string;
  readonly services: Readonly<Record<ServiceId, string>>;
  /** Signs the tokens of people. */
  readonly people: string;
  readonly authSecret: string;
  /** Seals payee accounts and payment files of the subsidy service. */
  readonly payees: string;
  /** Signs the heads of the ledger's log, and nothing else. */
  readonly logHeads: string;
}

/** What an installation already holds; a key that something was made with is never made anew. */
export interface Existing {
  readonly data: boolean;
  /** Signed heads kept beside the database. */
  readonly heads: boolean;
}

/**
 * Reads the keys; on an installation without data the missing ones are made. Beside existing data
 * a missing key is refused: a new one would make what the old one signed worthless.
 */
export const loadKeys = async (folder: string, existing: Existing): Promise<Keys> => {
  const keys = await openKeyFolder(folder);
  const mayMake = !existing.data;
  const secret = (name: string): Promise<string> => keys.key(name, makeSecret, mayMake);
  const signing = (name: string): Promise<string> => keys.key(name, makeSigningKey, mayMake);
  return {
    postgresPassword: await secret('postgres-password'),
    databaseRoles: await secret('database-roles'),
    services: {
      market: await signing('service-market'),
      ledger: await signing('service-ledger'),
      subsidy: await signing('service-subsidy'),
    },
    people: await signing('people-tokens'),
    authSecret: await secret('auth-sessions'),
    payees: await secret('payee-accounts'),
    // Data older than signed heads has none yet, and no key for them.
    logHeads: await keys.key('log-heads', makeSigningKey, mayMake || !existing.heads),
  };
};
