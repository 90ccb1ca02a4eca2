import { createHash } from 'node:crypto';
import type { PublishedContent, PublishedValue } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import file from '../../parameters/index-family-1.0.json' with { type: 'json' };
import type { ContractFact, FamilyFact, OpeningFact } from '../domain/index/family/facts.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import type { Method } from '../domain/index/family/method.ts';
import { MethodFile } from '../domain/index/family/method-file.ts';
import { contractOf, foldAll, shortMethod } from '../domain/index/family/testing-market.ts';
import { contentOf } from '../domain/publication/content.ts';
import { countingOf } from '../domain/publication/counted.ts';
import { knowledgeOf } from '../domain/publication/knowledge.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Three base months up to 2025-12, then months of 2026; the city by one and three months, cells by
 * two: gusu, sip, kunshan; C, I, M; electronics, materials.
 */
export const methodLinkedAt = (head: number): Method =>
  shortMethod(MethodFile.parse(file), head, '1');

/** A log for tests: what happens is numbered as it comes. */
export const openLog = () => {
  const facts: FamilyFact[] = [];
  const at = () => ({ seq: facts.length + 1, recordedAt: '2026-08-01T04:00:00.000Z' });
  return {
    facts,
    head: (): number => facts.length,
    register: (...contracts: readonly ContractFact[]): void => {
      for (const contract of contracts) facts.push({ ...at(), kind: 'registered', contract });
    },
    cancel: (...contracts: readonly ContractFact[]): void => {
      for (const { contractId } of contracts) facts.push({ ...at(), kind: 'left', contractId });
    },
    open: (...listings: readonly OpeningFact[]): void => {
      for (const listing of listings) facts.push({ ...at(), kind: 'opened', listing });
    },
    amend: (contract: ContractFact): void => {
      facts.push({ ...at(), kind: 'amended', contract });
    },
  };
};

export interface Publishing {
  readonly method: Method;
  readonly facts: readonly FamilyFact[];
  readonly published: PublishedContent[];
}

export const familyUpTo = ({ method, facts }: Publishing, seq: number): Family =>
  foldAll(
    method,
    facts.filter((fact) => fact.seq <= seq),
  );

/** Publishes a month as of a head, and remembers it. */
export const publish = (
  publishing: Publishing,
  period: LocalMonth,
  seq: number = publishing.facts.length,
  declared: 'R2' | 'C' | null = null,
): PublishedContent => {
  const { method, facts, published } = publishing;
  const counting = countingOf(facts, facts.length, method);
  const content = contentOf(period, {
    ...{ family: familyUpTo(publishing, seq), counting, published, declared, sha256 },
    head: { seq, recordedAt: '2026-08-01T04:00:00.000Z', kind: 'synthetic' },
    knowledge: knowledgeOf(published, counting, method),
    logRoot: null,
  });
  published.push(content);
  return content;
};

export const valueFor = (content: PublishedContent, series: string): PublishedValue => {
  const found = content.values.find((one) => one.series === series);
  if (!found) throw new Error(`no series ${series}`);
  return found;
};

/** As many contracts as asked, of as many sellers and buyers, in one place and month. */
export const crowd = (
  name: string,
  month: LocalMonth,
  count: number,
  given: Partial<ContractFact> = {},
): ContractFact[] =>
  Array.from({ length: count }, (_, n) =>
    contractOf(`${name}-${n}`, {
      registeredOn: `${month}-10`,
      // Every other buyer is elsewhere, and the first contract comes from a listing.
      buyerRegion: n % 2 === 0 ? (given.district ?? 'gusu') : 'outside',
      origins: n === 0 ? [`listing-${given.district ?? 'gusu'}`] : [],
      // No two alike, so that no sum is another's by chance; a dozen stay below the cap.
      technologyValueFen: BigInt(20_000_000 + 8_000_011 * (n % 4) + 500_009 * n + 17 * name.length),
      ...given,
    }),
  );
