import type { KeyObject } from 'node:crypto';
import { client } from '@jishi/contracts/client';
import type { Clock } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import type { Service } from '@jishi/runtime/service';
import { signServiceToken } from '@jishi/runtime/tokens';
import type { Pool } from 'pg';
import type { HealthPart } from '../deps.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { servePaperContracts } from './import/paper-contracts.ts';
import { serveNotifications } from './notifications.ts';
import type { TradeContext } from './trade-context.ts';
import { serveContracts } from './trade-contracts.ts';
import { serveDrafts } from './trade-drafts.ts';
import { serveFiles } from './trade-files.ts';
import { serveListings, serveNeeds } from './trade-listings.ts';
import { serveNegotiations } from './trade-negotiations.ts';
import { outboxHealth, serveOutbox } from './trade-outbox.ts';
import { servePriceNotices } from './trade-price-notices.ts';
import { serveReach } from './trade-reach.ts';
import { serveReviews } from './trade-reviews.ts';
import { serveRooms } from './trade-rooms.ts';
import { serveSubmitting } from './trade-submitting.ts';

/** A year, renewed or published for at most two (ASSUMPTION: no rule of the city is known). */
const OPEN_PERIOD = { usualDays: 365, longestDays: 730 };

export interface TradeDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly health: HealthPart[];
  readonly serviceKey: KeyObject;
  readonly ledgerUrl?: string | undefined;
}

/** Asked while a person waits; what is delivered goes by the outbox instead. */
const LEDGER_TIMEOUT_MS = 3_000;

const ledgerCalls = ({ ledgerUrl, serviceKey }: TradeDeps): TradeContext['ledgerFor'] =>
  ledgerUrl === undefined
    ? undefined
    : (actor) =>
        client({
          baseUrl: ledgerUrl,
          timeoutMs: LEDGER_TIMEOUT_MS,
          token: () => signServiceToken('market', 'ledger', actor, serviceKey),
        });

/** Listings, needs, negotiations and contracts. */
export const serveTrade = (service: Service, deps: TradeDeps): void => {
  const db = openDatabase<TradeTables>(deps.pool);
  const context: TradeContext = {
    db,
    clock: deps.clock,
    openPeriod: OPEN_PERIOD,
    ledgerFor: ledgerCalls(deps),
  };
  serveListings(service, context);
  serveNeeds(service, context);
  serveDrafts(service, context);
  serveReviews(service, context);
  servePriceNotices(service, context);
  serveReach(service, context);
  serveRooms(service, context);
  serveNegotiations(service, context);
  serveContracts(service, context);
  serveFiles(service, context);
  serveSubmitting(service, context);
  servePaperContracts(service, context);
  serveOutbox(service, context);
  serveNotifications(service, context);
  deps.health.push(outboxHealth(db, deps.clock));
};
