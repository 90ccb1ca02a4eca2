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
}

/**
 * Reads the keys; on an installation without data the missing ones are made. Beside existing data
 * a missing key is refused: a new one would make what the old one signed worthless.
 */
export const loadKeys = async (folder: string, dataExists: boolean): Promise<Keys> => {
  const keys = await openKeyFolder(folder);
  const mayMake = !dataExists;
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
  };
};
