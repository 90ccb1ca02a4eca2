import { type Mark, searchRecords } from '@jishi/contracts/market/matching';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { marksOf } from '../domain/matching/marks.ts';
import { commonPhrases, type PhraseFields } from '../domain/matching/phrases.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import { searchOpen } from '../store/matching/search.ts';
import type { StoredAnnouncement } from '../store/trade/announcements.ts';
import type { TradeDb } from '../store/trade/tables.ts';
import { listingFields, needFields } from './match-views.ts';
import { listingView, needView } from './trade-views.ts';

/** Nobody reads further than this; the last page says so by having no next. */
const RESULTS_MAX = 500;

/** Everything that was typed is worth marking, however common. */
const marksOfWords = (q: string, fields: PhraseFields): Mark[] =>
  marksOf(
    fields,
    commonPhrases({ q }, fields, () => Number.MAX_VALUE / 1e9),
  ) as Mark[];

const itemOf = (stored: StoredAnnouncement, q: string) => {
  if (stored.kind === 'listing') {
    const listing = { ...listingView(stored, undefined), own: null };
    const marks = marksOfWords(q, listingFields(listing.content));
    return { kind: 'listing' as const, listing, marks };
  }
  const need = { ...needView(stored, undefined), own: null };
  return { kind: 'need' as const, need, marks: marksOfWords(q, needFields(need.content)) };
};

/** Plain search by words: no verdicts, no contact, only what is published today. */
export const serveSearch = (service: Service, db: TradeDb, clock: Clock): void =>
  service.serve(searchRecords, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { kind, q, cursor, limit, ...filter } = query;
      const from = Number(cursor ?? 0);
      const found = await searchOpen(trx, {
        ...filter,
        kind: kind === 'listings' ? 'listing' : 'need',
        by: { title: '', text: q },
        byWords: true,
        today: businessDay(clock()),
        limit: Math.min(from + limit + 1, RESULTS_MAX),
      });
      const next = found.length > from + limit ? String(from + limit) : null;
      return {
        items: found.slice(from, from + limit).map((stored) => itemOf(stored, q)),
        next,
      };
    }),
  );
