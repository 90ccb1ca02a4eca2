import type { Migration } from 'kysely';
import { accounts } from './2026-11-22-01-accounts.ts';
import { trade } from './2026-11-22-02-trade.ts';
import { matching } from './2026-11-22-03-matching.ts';
import { notifications } from './2026-11-23-11-notifications.ts';
import { tradeDesk } from './2026-11-23-11-trade-desk.ts';
import { deals } from './2026-11-23-12-deals.ts';
import { sheets } from './2026-11-23-13-sheets.ts';
import { organisationChecks } from './2026-11-23-14-organisation-checks.ts';
import { paperContracts } from './2026-11-23-15-paper-contracts.ts';

/** Every migration of the market, by its dated name; a new one is a new line at the end. */
export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-22-01-accounts': accounts,
  '2026-11-22-02-trade': trade,
  '2026-11-22-03-matching': matching,
  '2026-11-23-11-notifications': notifications,
  '2026-11-23-11-trade-desk': tradeDesk,
  '2026-11-23-12-deals': deals,
  '2026-11-23-13-sheets': sheets,
  '2026-11-23-14-organisation-checks': organisationChecks,
  '2026-11-23-15-paper-contracts': paperContracts,
};
