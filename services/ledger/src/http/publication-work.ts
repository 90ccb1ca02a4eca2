import { createHash } from 'node:crypto';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { PublishedContent } from '@jishi/contracts/ledger/publication';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type LocalMonth } from '@jishi/contracts/time';
import { canonicalJson, type JsonValue } from '../domain/index/canonical-json.ts';
import { methodRef } from '../domain/index/snapshot.ts';
import { changesBetween } from '../domain/publication/changes.ts';
import { type ContentSources, contentOf, isEnded } from '../domain/publication/content.ts';
import { shownBefore } from '../domain/publication/publication.ts';
import { standingAt } from '../domain/publication/standing-at.ts';
import { type Contracts, tableOf } from '../domain/publication/units.ts';
import { type IndexDatabase, readFacts } from '../store/index/contracts.ts';
import type { IndexSource } from './live-source.ts';

/** The head that a publication would be pinned to now: everything that has been counted. */
export const presentHead = async (index: IndexSource): Promise<LogHead> => {
  const { seq } = await index.logHead();
  await index.waitFor(seq);
  const latest = index.latest();
  return { seq: latest.seq, recordedAt: latest.recordedAt, kind: latest.kind };
};

const remembered = <V>(make: (seq: number) => V): ((seq: number) => V) => {
  const known = new Map<number, V>();
  return (seq) => {
    const value = known.get(seq) ?? make(seq);
    known.set(seq, value);
    return value;
  };
};

/** What a month's content is made from, as of a head and after what was published before. */
export const contentSources = async (
  db: IndexDatabase,
  index: IndexSource,
  head: LogHead,
  asked: { readonly period: LocalMonth; readonly published: readonly PublishedContent[] },
): Promise<ContentSources> => {
  if (head.recordedAt === null) throw new Refusal('period-without-contracts');
  const facts = await readFacts(db, 0, head.seq, Number.MAX_SAFE_INTEGER);
  const { method } = index;
  const { parameters } = method;
  const contractsAt = remembered((seq): Contracts => standingAt(facts, seq));
  return {
    parameters,
    method: methodRef(method),
    head,
    headDay: businessDay(head.recordedAt),
    tableAt: remembered((seq) => tableOf(contractsAt(seq), parameters)),
    changesSince: remembered((seq) =>
      changesBetween(contractsAt(seq), contractsAt(head.seq), parameters),
    ),
    shown: shownBefore(asked.published, asked.period, parameters.baseMonths),
  };
};

const asJson = (content: PublishedContent): JsonValue => JSON.parse(JSON.stringify(content));

/** The kept bytes of a content, and their hash. */
export const sealed = (content: PublishedContent): { text: string; hash: string } => {
  const text = canonicalJson(asJson(content));
  return { text, hash: createHash('sha256').update(text, 'utf8').digest('hex') };
};

/** The content of a month; refuses one that is not over, or in which nothing was registered. */
export const composeContent = (
  period: LocalMonth,
  vintage: number,
  sources: ContentSources,
): PublishedContent => {
  if (!isEnded(period, sources.headDay)) throw new Refusal('period-not-ended');
  if (!sources.tableAt(sources.head.seq).get('city')?.has(period)) {
    throw new Refusal('period-without-contracts');
  }
  return contentOf(period, vintage, sources);
};
