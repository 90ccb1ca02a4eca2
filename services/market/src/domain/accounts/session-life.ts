import type { Role } from '@jishi/contracts/roles';
import { OFFICER_ROLES } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Idle and whole life of a session; officers' are shorter (ASVS 7.3.1). */
const LIFE = {
  officer: { idleMs: 30 * MINUTE_MS, wholeMs: 12 * HOUR_MS },
  other: { idleMs: 12 * HOUR_MS, wholeMs: 7 * 24 * HOUR_MS },
} as const;

/** Whether a session is still open at `now`; at the very limit it is over. */
export const isSessionOpen = (
  session: { readonly startedAt: Instant; readonly seenAt: Instant },
  roles: readonly Role[],
  now: Instant,
): boolean => {
  const officer = roles.some((role) => (OFFICER_ROLES as readonly Role[]).includes(role));
  const life = officer ? LIFE.officer : LIFE.other;
  const at = Date.parse(now);
  return (
    at - Date.parse(session.startedAt) < life.wholeMs &&
    at - Date.parse(session.seenAt) < life.idleMs
  );
};
