import { type Client, ProblemAnswer } from '@jishi/contracts/client';
import type { Id } from '@jishi/contracts/ids';
import { readFeed } from '@jishi/contracts/ledger/endpoints';
import type { FeedItem, FeedPage } from '@jishi/contracts/ledger/envelope';
import { businessDay, type Clock, type Instant } from '@jishi/contracts/time';
import {
  FeedBroken,
  type FeedConsumer,
  isPassingFault,
  startFeedConsumer,
  waitMs,
} from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import { openCases } from '../domain/case-opening.ts';
import { casesOfBatches } from '../store/batches.ts';
import { lockBooks } from '../store/books.ts';
import { caseIdsOf, lockCases } from '../store/cases.ts';
import { lockPreparedBatches } from '../store/clawbacks.ts';
import { lockReassessing, saveChange } from '../store/contract-changes.ts';
import { eraseWords } from '../store/erasure.ts';
import * as view from '../store/ledger-view.ts';
import type { LoadedPolicy } from '../store/policy-files.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyDatabase, SubsidyTransaction } from '../store/tables.ts';
import { type PageEffect, type Step, stepsOf } from './ledger-effect.ts';
import { reassessCase } from './reassess.ts';

const PAGE_SIZE = 200;
const POLL_MS = 250;

export interface FollowDependencies {
  readonly db: SubsidyDatabase;
  /** Calls the ledger as this service, so that private parts come with the feed. */
  readonly ledger: Client;
  readonly policies: readonly LoadedPolicy[];
  readonly clock: Clock;
  readonly newId: () => Id;
  readonly log: Log;
}

/** The consumer, and the ledger's head as it last said: how far behind the cases are. */
export interface LedgerFollower extends FeedConsumer {
  readonly headSeen: () => number | null;
  /** When the oldest event of the page in hand was recorded; null when all is counted. */
  readonly oldestSeen: () => Instant | null;
}

/** The answers of a ledger that is busy, or of a door before it that does not reach it. */
const PASSING_STATUSES: readonly number[] = [429, 502, 503, 504];

/** The way to the ledger, or the ledger itself, is away: the page in hand is not to blame. */
export const isLedgerAway = (error: unknown): boolean => {
  if (error instanceof ProblemAnswer) return PASSING_STATUSES.includes(error.problem.status);
  if (isPassingFault(error)) return true;
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || error.message === 'fetch failed';
};

/** A ledger that is shorter than what was read of it is another one, or an older backup of it. */
const readPage = async (ledger: Client, after: number): Promise<FeedPage> => {
  const behind = () =>
    new FeedBroken('feed-behind-cursor', `sequence ${after} was read, the ledger ends before it`);
  try {
    const page = await ledger(readFeed, { query: { after, limit: PAGE_SIZE } });
    if (page.head.seq < after) throw behind();
    return page;
  } catch (error) {
    throw error instanceof ProblemAnswer && error.type === 'as-of-beyond-head' ? behind() : error;
  }
};

const recordedAtOf = (item: FeedItem): Instant | null => {
  const { recordedAt } = JSON.parse(item.envelope) as { recordedAt?: Instant };
  return recordedAt ?? null;
};

type ApplyDependencies = Omit<FollowDependencies, 'ledger' | 'log'>;

const openCasesOf = async (
  trx: SubsidyTransaction,
  dependencies: ApplyDependencies,
  contractIds: readonly Id[],
): Promise<void> => {
  if (contractIds.length === 0) return;
  const now = dependencies.clock();
  for (const { policy } of dependencies.policies) {
    const open = await view.lockOpenCases(trx, policy.scheme, contractIds);
    const receipts = await view.receiptsWithoutCase(trx, policy.scheme, contractIds);
    const opening = openCases(policy, open, receipts, dependencies.newId);
    await view.saveOpening(trx, policy.scheme, opening, businessDay(now), now);
  }
};

const contractsOf = (step: Step): readonly Id[] => {
  switch (step.kind) {
    case 'change':
      return [step.change.contractId];
    case 'erasure':
      return [step.erasure.contractId];
    case 'facts':
      return [...step.facts.contracts, ...step.facts.receipts].map((row) => row.contractId);
  }
};

const applyFacts = async (
  trx: SubsidyTransaction,
  dependencies: ApplyDependencies,
  { contracts, receipts, officers }: PageEffect,
): Promise<void> => {
  await view.saveContracts(trx, contracts);
  await view.saveOfficers(trx, officers);
  await view.saveReceipts(trx, receipts);
  const touched = new Set([...contracts, ...receipts].map((row) => row.contractId));
  await openCasesOf(trx, dependencies, [...touched]);
};

/** A change reaches every case of its contract, then opens cases for parties that came in. */
const applyChange = async (
  trx: SubsidyTransaction,
  dependencies: ApplyDependencies,
  step: Extract<Step, { kind: 'change' }>,
): Promise<void> => {
  const { seq, contractId } = step.change;
  await view.saveOfficers(trx, step.officers);
  if (!(await saveChange(trx, step.change))) return;
  const cause = { seq, at: dependencies.clock() };
  for (const caseId of await caseIdsOf(trx, [contractId])) {
    await reassessCase(trx, dependencies, caseId, cause);
  }
  await openCasesOf(trx, dependencies, [contractId]);
};

/**
 * Changes touch many cases, batches, caps and books: all that they may touch is locked first, in
 * the order that every other act keeps (batch, case, books).
 */
const lockForChanges = async (
  trx: SubsidyTransaction,
  contractIds: readonly Id[],
): Promise<void> => {
  const batchIds = await lockPreparedBatches(trx, contractIds);
  const inBatches = await casesOfBatches(trx, batchIds);
  const caseIds = new Set([...(await caseIdsOf(trx, contractIds)), ...inBatches]);
  const rows = await lockCases(trx, [...caseIds]);
  const missed = rows.find((row) => row.status === 'batched' && !inBatches.includes(row.case_id));
  if (missed) throw new Error('a batch was prepared meanwhile: the page is taken again');
  await lockBooks(trx, rows);
};

/** The effect of a page and the cursor, in one transaction. */
export const applyPage = (
  dependencies: ApplyDependencies,
  items: readonly FeedItem[],
  from: number,
): Promise<void> =>
  withSight(dependencies.db, SEES_ALL, async (trx) => {
    const steps = stepsOf(items);
    const hasChanges = steps.some((step) => step.kind === 'change');
    if (hasChanges) await lockReassessing(trx);
    await view.moveCursor(trx, from, from + items.length);
    if (hasChanges) await lockForChanges(trx, [...new Set(steps.flatMap(contractsOf))]);
    for (const step of steps) {
      if (step.kind === 'facts') await applyFacts(trx, dependencies, step.facts);
      else if (step.kind === 'erasure') await eraseWords(trx, step.erasure);
      else await applyChange(trx, dependencies, step);
    }
  });

/** Follows the ledger and opens a case per party, role and contract for each verified receipt. */
export const followLedger = (dependencies: FollowDependencies): LedgerFollower => {
  let head: number | null = null;
  let oldestRecordedAt: Instant | null = null;
  const consumer = startFeedConsumer<FeedItem>({
    name: 'subsidy-ledger',
    log: dependencies.log,
    loadCursor: () => view.readCursor(dependencies.db),
    isPassing: isLedgerAway,
    readAfter: async (after) => {
      const page = await readPage(dependencies.ledger, after);
      head = page.head.seq;
      const [first] = page.items;
      oldestRecordedAt = first ? recordedAtOf(first) : null;
      return page.items;
    },
    apply: (items, from) => applyPage(dependencies, items, from),
    waitForMore: waitMs(POLL_MS),
  });
  const isBehind = (): boolean => head !== null && head > consumer.state().cursor;
  return {
    ...consumer,
    headSeen: () => head,
    oldestSeen: () => (isBehind() ? oldestRecordedAt : null),
  };
};
