import { createHash } from 'node:crypto';
import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type LocalMonth } from '@jishi/contracts/time';
import { inTurns } from '@jishi/runtime/turns';
import type { Kysely } from 'kysely';
import { canonicalJson, type JsonValue } from '../domain/index/canonical-json.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import { officialMonth } from '../domain/index/family/freeze.ts';
import type { Method } from '../domain/index/family/method.ts';
import { editionFor } from '../domain/index/family/official.ts';
import { contentSteps, isEnded } from '../domain/publication/content.ts';
import { type Counting, countingSteps } from '../domain/publication/counted.ts';
import { type Knowledge, NO_KNOWLEDGE, withContent } from '../domain/publication/knowledge.ts';
import type { ContentSources } from '../domain/publication/scene.ts';
import type { Steps } from '../domain/steps.ts';
import { readHead } from '../store/head.ts';
import type { LogTables } from '../store/log/tables.ts';
import type { FamilySource } from './family-source.ts';

export const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex');

/** The head that a publication would be pinned to now: everything that has been counted. */
export const presentHead = async (
  logDb: Kysely<LogTables>,
  family: FamilySource,
): Promise<LogHead> => {
  const head = await readHead(logDb);
  await family.waitFor(head.seq);
  return head;
};

/** Contracts of a month in the index's universe. */
export const contractsOf = ({ market }: Family, period: LocalMonth): number =>
  [...officialMonth(market, period).units.values()].reduce(
    (sum, { contracts }) => sum + contracts.length,
    0,
  );

const asJson = (content: PublishedContent): JsonValue => JSON.parse(JSON.stringify(content));

/** The kept bytes of a content, and their hash. */
export const sealed = (content: PublishedContent): { text: string; hash: string } => {
  const text = canonicalJson(asJson(content));
  return { text, hash: sha256(text) };
};

const refusePeriod = (period: LocalMonth, rule: 'before-base' | 'no-parameters'): Error => {
  const [zh, en] =
    rule === 'before-base'
      ? [`${period} 早于基期`, `${period} lies before the base`]
      : [`指数参数不含 ${period}`, `The index parameters do not reach ${period}`];
  return refuseField('invalid-input', 'period', rule, zh, en);
};

/**
 * The content of a month. Refusals, in this order: `period-not-ended`, `period-without-contracts`,
 * and (`invalid-input`) a month before the base or without parameters.
 */
function* composing(period: LocalMonth, sources: ContentSources): Steps<PublishedContent> {
  const { family, head } = sources;
  if (head.recordedAt === null || !isEnded(period, businessDay(head.recordedAt))) {
    throw new Refusal('period-not-ended');
  }
  if (contractsOf(family, period) === 0) throw new Refusal('period-without-contracts');
  const edition = editionFor(family, period);
  if (edition === 'before-base' || edition === 'no-parameters') throw refusePeriod(period, edition);
  return yield* contentSteps(period, sources);
}

export interface Asked {
  readonly period: LocalMonth;
  readonly head: LogHead;
  readonly published: readonly PublishedContent[];
  readonly logRoot: string | null;
  readonly declared: 'R2' | 'C' | null;
}

/** Composes contents; the last few are kept, for what is prepared is soon confirmed. */
export interface Composer {
  readonly compose: (asked: Asked) => Promise<PublishedContent>;
}

const KEPT_MAX = 4;

/** Remembers the last few answers by key. */
const lastFew = <V>() => {
  const kept = new Map<string, V>();
  return async (key: string, make: () => Promise<V> | V): Promise<V> => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = await make();
    kept.set(key, made);
    const oldest = kept.keys().next();
    if (kept.size > KEPT_MAX && !oldest.done) kept.delete(oldest.value);
    return made;
  };
};

interface Learnt {
  readonly content: PublishedContent;
  readonly knowledge: Knowledge;
}

/** What readers know grows with each publication: what was learnt before is taken up again. */
const createReaderModel = (method: Method) => {
  let learnt: readonly Learnt[] = [];
  return function* known(
    published: readonly PublishedContent[],
    counting: Counting,
  ): Steps<Knowledge> {
    const isOther = learnt.findIndex(({ content }, i) => published[i] !== content);
    const all = isOther < 0 ? [...learnt] : learnt.slice(0, isOther);
    for (const content of published.slice(all.length)) {
      const before = all.at(-1)?.knowledge ?? NO_KNOWLEDGE;
      all.push({ content, knowledge: withContent(before, content, counting, method) });
      yield;
    }
    learnt = all;
    return all.at(-1)?.knowledge ?? NO_KNOWLEDGE;
  };
};

export const createComposer = (source: FamilySource): Composer => {
  const contents = lastFew<PublishedContent>();
  const countings = lastFew<Counting>();
  const knownTo = createReaderModel(source.method);
  return {
    compose: (asked) => {
      const { period, head, published, logRoot, declared } = asked;
      const newest = published.map((one) => [one.period, one.vintage]);
      return contents(JSON.stringify([period, head, logRoot, declared, newest]), async () => {
        const family = await source.familyAt(head.seq);
        // Another month may have been published as of a later head, while this one waited.
        const upTo = Math.max(head.seq, ...published.map((one) => one.head.seq));
        await source.waitFor(upTo);
        const counting = await countings(`${upTo}`, () =>
          inTurns(countingSteps(source.facts(), upTo, source.method)),
        );
        const knowledge = await inTurns(knownTo(published, counting));
        return inTurns(composing(period, { ...asked, family, counting, knowledge, sha256 }));
      });
    },
  };
};
