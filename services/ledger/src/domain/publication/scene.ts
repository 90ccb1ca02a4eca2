import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import type { Cap } from '../index/family/cap.ts';
import type { Family } from '../index/family/family-state.ts';
import { type Edition, editionText, type Method } from '../index/family/method.ts';
import type { MethodFile } from '../index/family/method-file.ts';
import { editionFor } from '../index/family/official.ts';
import { publishedRule } from '../index/family/primary-disclosure.ts';
import type { Reference } from '../index/family/priors.ts';
import type { Counting } from './counted.ts';
import type { Knowledge } from './knowledge.ts';
import type { Basis, Link } from './showings.ts';

/** What a month's content is made from. */
export interface ContentSources {
  /** The family as of the head. */
  readonly family: Family;
  readonly head: LogHead;
  /** What was counted where and when, up to the head at least. */
  readonly counting: Counting;
  /** What the public has been told of the family, oldest first, and what follows from it. */
  readonly published: readonly PublishedContent[];
  readonly knowledge: Knowledge;
  readonly logRoot: string | null;
  readonly declared: 'R2' | 'C' | null;
  readonly sha256: (text: string) => string;
}

/** A month that is being composed, with what everybody who decides on it has to know. */
export interface Scene extends ContentSources {
  readonly period: LocalMonth;
  readonly seq: number;
  readonly method: Method;
  readonly rule: MethodFile['disclosure'];
  readonly edition: Edition | null;
  readonly reference: Reference | null;
  readonly cap: Cap | null;
  /** How its figures count. */
  readonly basis: Basis;
  /** Where θ of its link year was frozen; null: not linked yet. */
  readonly link: Link | null;
  readonly parameterHash: string;
  /** Vintages of the month, oldest first. */
  readonly vintages: readonly PublishedContent[];
  /** The last vintage, if it was made by the same θ: what waits stays as it says. */
  readonly last: PublishedContent | null;
}

export const sceneOf = (period: LocalMonth, sources: ContentSources): Scene => {
  const { family, published, sha256 } = sources;
  const { method } = family;
  const seq = sources.head.seq;
  const found = editionFor(family, period);
  const edition = typeof found === 'string' ? null : found;
  const reference = (edition && family.references.get(edition.linkYear)) ?? null;
  const parameterHash = sha256(
    editionText(
      method,
      edition?.linkYear ?? method.editions[0]?.linkYear ?? 0,
      reference?.file ?? null,
    ),
  );
  const vintages = published.filter((content) => content.period === period);
  const last = vintages.at(-1) ?? null;
  const cap = reference?.cap ?? null;
  const basis = { asOfSeq: seq, capFen: cap?.fen ?? null };
  return {
    ...sources,
    ...{
      period,
      seq,
      method,
      edition,
      rule: publishedRule(method.file.disclosure),
      reference,
      vintages,
    },
    ...{ cap, basis, parameterHash },
    link:
      edition && reference
        ? {
            ...{ linkYear: edition.linkYear, capFen: basis.capFen },
            linkHead: Number(reference.file.linkHead),
          }
        : null,
    last: last?.method.parameterHash === parameterHash ? last : null,
  };
};
