/**
 * SQLSTATEs that say the server is away, starting, stopping or full, or ended this transaction so
 * that another could go on (deadlock, serialization, idle or open for too long); not that we are
 * wrong.
 */
const AWAY_STATES = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08006',
  '40P01',
  '40001',
  '25P03',
  '25P04',
]);
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);
const AWAY_MESSAGES = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
];

/**
 * Whether an error means that the database (or a service behind) is away for now. What was asked
 * may or may not have happened; the same request with the same id may be sent again.
 */
export const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (AWAY_STATES.has(code) || AWAY_CODES.has(code))) return true;
  if (AWAY_MESSAGES.some((text) => error.message.startsWith(text))) return true;
  return error.cause !== undefined && isAway(error.cause);
};
