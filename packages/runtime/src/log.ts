import pino from 'pino';

/** One JSON line per request or step. Fields by allow-list: no bodies, no secrets, no names. */
export interface Log {
  info(fields: Record<string, unknown>): void;
  warn(fields: Record<string, unknown>): void;
  error(fields: Record<string, unknown>): void;
}

export const jsonLog = (service: string, level: string): Log => {
  const logger = pino({ level, base: { service } });
  return {
    info: (fields) => logger.info(fields),
    warn: (fields) => logger.warn(fields),
    error: (fields) => logger.error(fields),
  };
};

/** For tests: nothing is printed. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
