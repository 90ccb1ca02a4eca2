import { dayOf } from '../../format/moment.ts';

/** The business day now, `2026-11-22`. */
export const today = (): string => dayOf(Date.now());
