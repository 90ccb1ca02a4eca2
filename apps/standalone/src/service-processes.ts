import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PEOPLE_ISSUER, serviceIssuer } from '@jishi/contracts/principal';
import { publicKeyOf } from '@jishi/runtime/keys';
import { SERVICES, type ServiceDatabases, type ServiceId } from './databases.ts';
import type { Keys } from './installation-keys.ts';
import type { Settings } from './settings.ts';

/** Of our own environment a child gets these, and its own `<SERVICE>_…`; never a secret of ours. */
const PASSED_ON = ['PATH', 'HOME', 'TZ', 'LANG', 'NODE_ENV', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];

export const plainEnvironment = (prefix = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        (PASSED_ON.includes(entry[0]) ||
          (prefix !== '' && entry[0].startsWith(prefix) && !entry[0].endsWith('_DATABASE_URL'))),
    ),
  );

export type Command = [string, ...string[]];

/** node with the TypeScript loader, as an absolute place: a child's folder does not matter. */
export const typescriptCommand =
  (checkout: string) =>
  (script: string, ...before: string[]): Command => {
    const loader = createRequire(join(checkout, 'package.json')).resolve('tsx');
    return [process.execPath, ...before, '--import', pathToFileURL(loader).href, script];
  };

export const sourceCommand = (checkout: string) => {
  const command = typescriptCommand(checkout);
  return (service: ServiceId): Command =>
    command(join(checkout, 'services', service, 'src/main.ts'));
};

export interface ServiceEnvironmentOptions {
  readonly settings: Settings;
  readonly publicUrl: string;
  readonly databases: ServiceDatabases;
  readonly keys: Keys;
  readonly ports: Readonly<Record<ServiceId, number>>;
  readonly demoAccountsFile: string | undefined;
  /** Where the ledger keeps its signed heads outside the database. */
  readonly headsFile: string;
}

/** What a service's main reads (packages/runtime/src/config.ts), and market's few things more. */
export const serviceEnvironment = (
  service: ServiceId,
  options: ServiceEnvironmentOptions,
): Record<string, string> => {
  const { databases, keys, ports, settings } = options;
  const trusted = Object.fromEntries([
    [PEOPLE_ISSUER, publicKeyOf(keys.people)],
    ...SERVICES.map((name) => [serviceIssuer(name), publicKeyOf(keys.services[name])]),
  ]);
  return {
    ...plainEnvironment(`${service.toUpperCase()}_`),
    PORT: String(ports[service]),
    HOST: '127.0.0.1',
    DATABASE_URL: databases[service].appUrl,
    OWNER_DATABASE_URL: databases[service].ownerUrl,
    SERVICE_KEY: keys.services[service],
    TRUSTED_KEYS: JSON.stringify(trusted),
    LOG_LEVEL: settings.logLevel,
    JISHI_LOG: settings.log,
    PUBLIC_URL: options.publicUrl,
    LEDGER_URL: `http://127.0.0.1:${ports.ledger}`,
    MARKET_URL: `http://127.0.0.1:${ports.market}`,
    ...(service === 'market' ? marketEnvironment(options) : {}),
    ...(service === 'ledger'
      ? { LOG_HEAD_KEY: keys.logHeads, LOG_HEADS_FILE: options.headsFile }
      : {}),
    ...(service === 'subsidy' ? { PAYEE_KEY: keys.payees } : {}),
  };
};

/** Read by market alone: the first administrators of an installation without demo accounts. */
const { FIRST_ADMINISTRATORS_FILE } = process.env;

const marketEnvironment = (options: ServiceEnvironmentOptions): Record<string, string> => ({
  AUTH_SECRET: options.keys.authSecret,
  PEOPLE_KEY: options.keys.people,
  ...(FIRST_ADMINISTRATORS_FILE ? { FIRST_ADMINISTRATORS_FILE } : {}),
  ...(options.demoAccountsFile ? { DEMO_ACCOUNTS_FILE: options.demoAccountsFile } : {}),
});
