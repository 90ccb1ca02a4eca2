import { z } from '@hono/zod-openapi';

/** What every service's main reads from its environment; the launcher or compose sets it. */
export const ServiceEnvironment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().min(1),
  /** Migrations run as the owner; without it the service expects a migrated database. */
  OWNER_DATABASE_URL: z.string().min(1).optional(),
  /** Private Ed25519 key of this service, PKCS 8 in base64. */
  SERVICE_KEY: z.string().min(1),
  /** JSON: issuer → SPKI public key in base64. */
  TRUSTED_KEYS: z.string().min(2),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  JISHI_LOG: z.enum(['synthetic', 'real']).default('synthetic'),
  PUBLIC_URL: z.url().default('http://127.0.0.1:4000'),
  LEDGER_URL: z.url().optional(),
  MARKET_URL: z.url().optional(),
});
export type ServiceEnvironment = z.infer<typeof ServiceEnvironment>;

/** A start that cannot go on, as one clear line. */
export class StartRefused extends Error {}

/** Parses an environment; the names of what is wrong are told, the values never. */
export const parseEnvironment = <S extends z.ZodType>(
  schema: S,
  environment: Record<string, string | undefined>,
): z.output<S> => {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((i) => `${i.path.join('.')} (${i.message})`).join(', ');
  throw new StartRefused(`环境变量有误 environment not valid: ${wrong}`);
};
