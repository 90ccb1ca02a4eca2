import type { Client } from '@jishi/contracts/client';
import type { Id } from '@jishi/contracts/ids';
import { readFeed } from '@jishi/contracts/ledger/endpoints';
import type { FeedItem } from '@jishi/contracts/ledger/envelope';
import { businessDay, type Clock } from '@jishi/contracts/time';
import { type FeedConsumer, startFeedConsumer, waitMs } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import { openCases } from '../domain/case-opening.ts';
import type { Policy } from '../domain/policy/load.ts';
import * as view from '../store/ledger-view.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyDatabase, SubsidyTransaction } from '../store/tables.ts';
import { effectOf, type PageEffect } from './ledger-effect.ts';

const PAGE_SIZE = 200;
const POLL_MS = 250;

export interface FollowDependencies {
  readonly db: SubsidyDatabase;
  /** Calls the ledger as this service, so that private parts come with the feed. */
  readonly ledger: Client;
  readonly policies: readonly Policy[];
  readonly clock: Clock;
  readonly newId: () => Id;
  readonly log: Log;
}

/** The consumer, and the ledger's head as it last said: how far behind the cases are. */
export interface LedgerFollower extends FeedConsumer {
  readonly headSeen: () => number | null;
}

const openCasesOf = async (
  trx: SubsidyTransaction,
  dependencies: Pick<FollowDependencies, 'policies' | 'clock' | 'newId'>,
  contractIds: readonly Id[],
): Promise<void> => {
  const now = dependencies.clock();
  for (const policy of dependencies.policies) {
    const open = await view.lockOpenCases(trx, policy.scheme, contractIds);
    const receipts = await view.receiptsWithoutCase(trx, policy.scheme, contractIds);
    const roles = await view.rolesOfContracts(trx, contractIds);
    const rolesOf = (contractId: Id) => roles.get(contractId) ?? [];
    const opening = openCases(policy, rolesOf, open, receipts, dependencies.newId);
    await view.saveOpening(trx, policy.scheme, opening, businessDay(now), now);
  }
};

const touchedContracts = ({ contracts, receipts }: PageEffect): readonly Id[] => [
  ...new Set([...contracts, ...receipts].map((row) => row.contractId)),
];

/** The effect of a page and the cursor, in one transaction. */
export const applyPage = (
  dependencies: Omit<FollowDependencies, 'ledger' | 'log'>,
  items: readonly FeedItem[],
  from: number,
): Promise<void> =>
  withSight(dependencies.db, SEES_ALL, async (trx) => {
    await view.moveCursor(trx, from, from + items.length);
    const effect = effectOf(items);
    await view.saveContracts(trx, effect.contracts);
    await view.saveOfficers(trx, effect.officers);
    await view.saveReceipts(trx, effect.receipts);
    const contractIds = touchedContracts(effect);
    if (contractIds.length > 0) await openCasesOf(trx, dependencies, contractIds);
  });

/** Follows the ledger and opens a case per party, role and contract for each verified receipt. */
export const followLedger = (dependencies: FollowDependencies): LedgerFollower => {
  let head: number | null = null;
  const consumer = startFeedConsumer<FeedItem>({
    name: 'subsidy-ledger',
    log: dependencies.log,
    loadCursor: () => view.readCursor(dependencies.db),
    readAfter: async (after) => {
      const page = await dependencies.ledger(readFeed, { query: { after, limit: PAGE_SIZE } });
      head = page.head.seq;
      return page.items;
    },
    apply: (items, from) => applyPage(dependencies, items, from),
    waitForMore: waitMs(POLL_MS),
  });
  return { ...consumer, headSeen: () => head };
};
