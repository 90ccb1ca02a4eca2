import type { Id } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { businessDay, type Clock, type LocalDate } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import type { Log } from '@jishi/runtime/log';
import type { Pool } from 'pg';
import { factLines, tally, wordsLine } from '../domain/matching/criteria.ts';
import { commonPhrases, tellingTerms } from '../domain/matching/phrases.ts';
import { inJob } from '../store/accounts/tenant.ts';
import { inverseFrequencies } from '../store/matching/ranking.ts';
import { searchOpen } from '../store/matching/search.ts';
import { type Notice, notify } from '../store/notifications/notifications.ts';
import { findAnnouncement, type StoredAnnouncement } from '../store/trade/announcements.ts';
import { takeMatchPush } from '../store/trade/match-push.ts';
import { searchText } from '../store/trade/search-hook.ts';
import type { TradeDb, TradeTables, TradeTrx } from '../store/trade/tables.ts';

const PAUSE_MS = 2_000;
/** Of what ranks best, so many are told; more would be noise (ASSUMPTION). */
const PUSHED_MAX = 20;
/** Fewer criteria met than this are no news for anybody (ASSUMPTION). */
const MET_MIN = 3;

interface Pair {
  readonly listing: StoredAnnouncement;
  readonly need: StoredAnnouncement;
}

const fieldsOf = ({ content }: StoredAnnouncement) => ({
  title: content.title,
  text: searchText(content).text,
});

/** Worth telling: no hard miss, about the same thing, and enough of the criteria met. */
const isGood = (
  { listing, need }: Pair,
  telling: (term: string) => number,
  today: LocalDate,
): boolean => {
  const phrases = commonPhrases(fieldsOf(need), fieldsOf(listing), telling);
  const words = wordsLine(phrases);
  const lines = [
    words,
    ...factLines(need.content as NeedContent, listing.content as ListingContent, today),
  ];
  const { met, hardMiss } = tally(lines);
  return !hardMiss && words.verdict === 'met' && met >= MET_MIN;
};

const noticesOf = ({ listing, need }: Pair): Notice[] => {
  const about = (own: StoredAnnouncement, other: StoredAnnouncement): Notice => ({
    to: { partyId: own.owner.partyId },
    role: own.kind === 'need' ? 'buyer' : 'listing-officer',
    kind: 'match-found',
    subject: { type: own.kind, id: own.id },
    title: own.content.title,
    other: { type: other.kind, id: other.id },
    otherTitle: other.content.title,
    once: `match:${own.id}:${other.id}`,
  });
  return [about(need, listing), about(listing, need)];
};

const matchesOf = async (
  trx: TradeTrx,
  appeared: StoredAnnouncement,
  today: LocalDate,
): Promise<Pair[]> => {
  const kind = appeared.kind === 'listing' ? 'need' : 'listing';
  const by = searchText(appeared.content);
  const ranked = await searchOpen(trx, { kind, by, today, limit: PUSHED_MAX });
  const known = await inverseFrequencies(trx, kind, tellingTerms(fieldsOf(appeared)));
  const telling = (term: string): number => known.get(term) ?? 0;
  return ranked
    .map((other) =>
      kind === 'need' ? { listing: appeared, need: other } : { listing: other, need: appeared },
    )
    .filter((pair) => pair.listing.owner.partyId !== pair.need.owner.partyId)
    .filter((pair) => isGood(pair, telling, today));
};

/** Tells both sides of what one new record fits; returns whether there was one to look at. */
export const pushNext = (db: TradeDb, clock: Clock): Promise<boolean> =>
  inJob(db, 'match-push', async (trx) => {
    const queued: { id: Id; kind: 'listing' | 'need' } | undefined = await takeMatchPush(trx);
    if (!queued) return false;
    const now = clock();
    const appeared = await findAnnouncement(trx, queued.kind, queued.id);
    if (appeared?.state.status !== 'published') return true;
    const pairs = await matchesOf(trx, appeared, businessDay(now));
    await notify(trx, pairs.flatMap(noticesOf), now);
    return true;
  });

/** Looks every two seconds; several processes may, each takes what the others do not hold. */
export const startMatchPush = (deps: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
}): { readonly stop: () => Promise<void> } => {
  const db = openDatabase<TradeTables>(deps.pool);
  let stopped = false;
  let running: Promise<unknown> | undefined;
  const look = async (): Promise<void> => {
    try {
      while (!stopped && (await pushNext(db, deps.clock)));
    } catch (error) {
      // The record stays queued and the next look tries again.
      deps.log.error({ matchPush: error instanceof Error ? error.message : 'unknown' });
    }
  };
  const timer = setInterval(() => {
    running ??= look().finally(() => {
      running = undefined;
    });
  }, PAUSE_MS);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
};
