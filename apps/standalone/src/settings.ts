import { StartRefused } from '@jishi/runtime/config';
import { z } from 'zod';

const Flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

/** Everything the launcher reads from its environment. An empty value counts as not set. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ALLOW_REMOTE: Flag,
  /** Addresses of the proxies in front, whose word about the caller's address is taken. */
  PROXY_ADDRESSES: z.string().default(''),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  MARKET_DATABASE_URL: z.string().optional(),
  LEDGER_DATABASE_URL: z.string().optional(),
  SUBSIDY_DATABASE_URL: z.string().optional(),
  JISHI_LOG: z.enum(['synthetic', 'real']).default('synthetic'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
  ACCEPT_EMBEDDED: Flag,
  ENABLE_DEMO: Flag,
  /** Whether a first start fills a synthetic log in the background. */
  SEED: z.enum(['on', 'off']).default('on'),
});
type Environment = z.output<typeof Environment>;

/** Where the data lives: our own PostgreSQL, a server to provision, or three given databases. */
export type DatabaseSource =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'server'; readonly url: string }
  | {
      readonly kind: 'given';
      readonly urls: Readonly<Record<'market' | 'ledger' | 'subsidy', string>>;
    };

export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Without one, it is the loopback address and the port that was bound. */
  readonly publicUrl: string | undefined;
  /** Peers that say in `x-forwarded-for` for whom they ask. */
  readonly proxies: readonly string[];
  readonly dataDir: string | undefined;
  readonly database: DatabaseSource;
  readonly log: 'synthetic' | 'real';
  readonly logLevel: string;
  readonly demo: boolean;
  readonly seed: boolean;
}

const LOOPBACK_PEERS = ['127.0.0.1', '::1'];

/** The named ones; with an https PUBLIC_URL also this machine's own, where that proxy may run. */
const proxiesOf = ({ PROXY_ADDRESSES, PUBLIC_URL }: Environment): string[] => [
  ...PROXY_ADDRESSES.split(',')
    .map((address) => address.trim())
    .filter(Boolean),
  ...(PUBLIC_URL?.startsWith('https://') ? LOOPBACK_PEERS : []),
];

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

const databaseOf = (environment: Environment): DatabaseSource => {
  const { MARKET_DATABASE_URL, LEDGER_DATABASE_URL, SUBSIDY_DATABASE_URL } = environment;
  const given = { MARKET_DATABASE_URL, LEDGER_DATABASE_URL, SUBSIDY_DATABASE_URL };
  const missing = Object.entries(given).filter(([, url]) => !url);
  if (missing.length === 0) {
    const urls = {
      market: MARKET_DATABASE_URL ?? '',
      ledger: LEDGER_DATABASE_URL ?? '',
      subsidy: SUBSIDY_DATABASE_URL ?? '',
    };
    return { kind: 'given', urls };
  }
  if (missing.length < 3) {
    const names = missing.map(([name]) => name).join(', ');
    throw new StartRefused(
      `三个数据库须一并给出，缺少 ${names} · all three or none: missing ${names}`,
    );
  }
  if (environment.DATABASE_URL) return { kind: 'server', url: environment.DATABASE_URL };
  return { kind: 'embedded' };
};

const requireSafeHost = (environment: Environment): void => {
  if (isLoopback(environment.HOST)) return;
  const https = environment.PUBLIC_URL?.startsWith('https://') ?? false;
  if (environment.ALLOW_REMOTE && https) return;
  const missing = [
    environment.ALLOW_REMOTE ? '' : 'ALLOW_REMOTE=1',
    https ? '' : 'PUBLIC_URL=https://…',
  ].filter(Boolean);
  throw new StartRefused(
    `HOST=${environment.HOST} 对外开放，还需要 ${missing.join(' 和 ')}（前置 HTTPS 代理的地址） · ` +
      `HOST=${environment.HOST} opens this to others; it also needs ${missing.join(' and ')} ` +
      '(the address of the https proxy in front)',
  );
};

/** Demo accounts: only our own database, only loopback, only a synthetic log, never production. */
const demoOf = (environment: Environment, database: DatabaseSource): boolean => {
  const reasons = [
    database.kind === 'embedded' ? '' : 'DATABASE_URL',
    environment.NODE_ENV === 'production' ? 'NODE_ENV=production' : '',
    environment.JISHI_LOG === 'real' ? 'JISHI_LOG=real' : '',
    isLoopback(environment.HOST) ? '' : `HOST=${environment.HOST}`,
  ].filter(Boolean);
  if (reasons.length > 0 && environment.ENABLE_DEMO) {
    const why = reasons.join(', ');
    throw new StartRefused(
      `ENABLE_DEMO=1 与 ${why} 不能并用 · ENABLE_DEMO=1 is refused with ${why}`,
    );
  }
  return reasons.length === 0;
};

/** Parses and judges the environment; every refusal is one line that names what to change. */
export const readSettings = (environment: Record<string, string | undefined>): Settings => {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = Environment.safeParse(Object.fromEntries(present));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((i) => `${i.path.join('.')} (${i.message})`).join(', ');
    throw new StartRefused(`环境变量有误 · environment not valid: ${wrong}`);
  }
  const values = parsed.data;
  requireSafeHost(values);
  const database = databaseOf(values);
  const production = values.NODE_ENV === 'production';
  if (production && database.kind === 'embedded' && !values.ACCEPT_EMBEDDED) {
    throw new StartRefused(
      '生产环境请设置 DATABASE_URL；确要使用内置数据库请设 ACCEPT_EMBEDDED=1 · ' +
        'in production set DATABASE_URL, or ACCEPT_EMBEDDED=1 to use the embedded database',
    );
  }
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    proxies: proxiesOf(values),
    dataDir: values.DATA_DIR,
    database,
    log: values.JISHI_LOG,
    logLevel: values.LOG_LEVEL,
    demo: demoOf(values, database),
    seed: values.SEED === 'on' && values.JISHI_LOG === 'synthetic',
  };
};
