import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type {
  Criterion,
  ListingMatch,
  Mark,
  NeedMatch,
  NeedSketch,
} from '@jishi/contracts/market/matching';
import type { Person } from '@jishi/contracts/principal';
import type { LocalDate } from '@jishi/contracts/time';
import { factLines, inShownOrder, tally, wordsLine } from '../domain/matching/criteria.ts';
import { marksOf } from '../domain/matching/marks.ts';
import { commonPhrases, type PhraseFields, type Telling } from '../domain/matching/phrases.ts';
import type { StoredAnnouncement } from '../store/trade/announcements.ts';
import { listingView, needView } from './trade-views.ts';

/** The fields of a record in which matched phrases are marked. */
export const listingFields = (c: ListingContent) => ({
  title: c.title,
  problemSolved: c.problemSolved,
  summary: c.summary,
});
export const needFields = (c: Pick<NeedContent, 'title' | 'text'>) => ({
  title: c.title,
  text: c.text,
});

/** One counterpart, judged by its facts; words and marks come for the shown page only. */
export interface Judged {
  readonly stored: StoredAnnouncement;
  readonly facts: readonly Criterion[];
  readonly hardMiss: boolean;
  readonly rejected: ListingMatch['rejected'];
}

/** Judges every ranked counterpart and puts it in the order in which it is shown. */
export const judged = (
  ranked: readonly StoredAnnouncement[],
  pair: (stored: StoredAnnouncement) => readonly [NeedSketch, ListingContent],
  rejectedOf: (stored: StoredAnnouncement) => ListingMatch['rejected'],
  today: LocalDate,
): Judged[] =>
  inShownOrder(
    ranked.map((stored) => {
      const facts = factLines(...pair(stored), today);
      const { hardMiss } = tally(facts);
      return { stored, facts, hardMiss, rejected: rejectedOf(stored) };
    }),
  );

const reasonsOf = (
  { facts, rejected }: Judged,
  asked: PhraseFields,
  found: PhraseFields,
  telling: Telling,
) => {
  const phrases = commonPhrases(asked, found, telling);
  const criteria = [wordsLine(phrases), ...facts];
  return {
    criteria,
    ...tally(criteria),
    phrases,
    marksAsked: marksOf(asked, phrases) as Mark[],
    marksFound: marksOf(found, phrases) as Mark[],
    rejected,
  };
};

export const listingMatch = (
  match: Judged,
  asked: PhraseFields,
  telling: Telling,
  reader: Person | undefined,
): ListingMatch => {
  const listing = { ...listingView(match.stored, reader), own: null };
  return { listing, ...reasonsOf(match, asked, listingFields(listing.content), telling) };
};

export const needMatch = (
  match: Judged,
  asked: PhraseFields,
  telling: Telling,
  reader: Person | undefined,
): NeedMatch => {
  const need = { ...needView(match.stored, reader), own: null };
  return { need, ...reasonsOf(match, asked, needFields(need.content), telling) };
};
