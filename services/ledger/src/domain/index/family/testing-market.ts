import type { LocalDate } from '@jishi/contracts/time';
import type { ContractFact, FamilyFact, OpeningFact } from './facts.ts';
import { applyToFamily } from './family.ts';
import { emptyFamily, type Family } from './family-state.ts';
import { type Method, readMethod } from './method.ts';
import type { MethodFile } from './method-file.ts';

/** Fen in one 万元, the unit of the worked example. */
export const WAN = 1_000_000n;

/** A contract for tests: say what matters, the rest is filled in. */
export const contractOf = (id: string, given: Partial<ContractFact> = {}): ContractFact => ({
  contractId: id,
  registeredOn: '2026-04-10',
  contractType: 'service',
  fieldCode: 'electronics',
  industryCode: 'M',
  district: 'gusu',
  buyerRegion: given.district ?? 'gusu',
  isImport: false,
  relatedParty: false,
  subcontract: false,
  isValuePublished: false,
  contractValueFen: given.technologyValueFen ?? 100n * WAN,
  technologyValueFen: 100n * WAN,
  sellerId: `seller-of-${id}`,
  buyerId: `buyer-of-${id}`,
  origins: [],
  ...given,
});

export const openingOf = (id: string, given: Partial<OpeningFact> = {}): OpeningFact => ({
  listingId: id,
  district: 'gusu',
  industryCode: 'M',
  fieldCode: 'electronics',
  openedOn: '2025-12-01',
  expiresOn: null,
  ...given,
});

/** What happened, without where in the log it stands. */
export type Happening = FamilyFact extends infer F
  ? F extends FamilyFact
    ? Omit<F, 'seq' | 'recordedAt'>
    : never
  : never;

/** Numbers happenings from a sequence on; all are recorded at one instant unless told. */
export const factsFrom = (
  seq: number,
  happenings: readonly Happening[],
  recordedAt = '2026-11-01T04:00:00.000Z',
): FamilyFact[] =>
  happenings.map((happening, i) => ({ ...happening, seq: seq + i, recordedAt }) as FamilyFact);

export const registered = (contract: ContractFact): Happening => ({ kind: 'registered', contract });

/** A listing opened on a day of which nothing is exposed: it only dates a conversion. */
export const unexposed = (id: string, openedOn: LocalDate): Happening => ({
  kind: 'opened',
  listing: openingOf(id, { openedOn, expiresOn: openedOn }),
});

export const foldAll = (method: Method, facts: readonly FamilyFact[]): Family => {
  const family = emptyFamily(method);
  for (const fact of facts) applyToFamily(family, fact);
  return family;
};

export const toyShrink = {
  city: { kx: '4', kh: '10', kT: '1', kP: '0' },
  cell: { kx: '4', kh: '10', kT: '1', kP: '1' },
  state: { kx: '4', kh: '10', kT: '1', kP: '1' },
} as const;

/** The parameter file with another base, first edition or top level. */
export const methodWith = (
  file: MethodFile,
  top: Partial<MethodFile>,
  edition: Partial<MethodFile['editions'][number]> = {},
): Method => {
  const [first] = file.editions;
  if (!first) throw new Error('a parameter file without an edition');
  return readMethod({ ...file, editions: [{ ...first, ...edition }], ...top });
};

const shortShrink = {
  city: { kx: '2', kh: '3', kT: '1', kP: '0' },
  cell: { kx: '2', kh: '3', kT: '1', kP: '1' },
  state: { kx: '2', kh: '3', kT: '1', kP: '1' },
} as const;

/** Three base months, windows of one, two and three months, few cells: for random markets. */
export const shortMethod = (file: MethodFile, linkHead: number, minEvidence: string): Method =>
  methodWith(
    file,
    {
      base: { from: '2025-10', to: '2025-12', level: '1000', freezeHead: null },
      windows: { city: '1', cityLong: '3', cell: '2' },
      partitions: {
        district: ['gusu', 'sip', 'kunshan'],
        industry: ['C', 'I', 'M'],
        field: ['electronics', 'materials'],
      },
    },
    {
      ...{ shrink: shortShrink, minEvidence, linkHead: `${linkHead}` },
      cap: { percentile: '0.9', stepFen: '10000000' },
    },
  );
