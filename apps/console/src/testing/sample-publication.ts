import { readPublication } from '@jishi/contracts/ledger/publication';
import { sampleContributions } from './sample-contributions.ts';
import { sampleValues } from './sample-values.ts';

const NO_LOGARITHM = `0.${'0'.repeat(40)}`;
const PRIMITIVES = {
  ...{ contracts: 87, units: 81, parties: 90, cappedFen: '312450000000', squares: '9' },
  ...{ participants: '90', crossRegion: 40, conversions: 12, listingDays: 3000, daysLogSum: '1' },
  ...{ lnPrice: NO_LOGARITHM, lnStatePrice: null },
};

const valuesOf = (period: string) =>
  sampleValues(period).map(({ period: _, provisional: __, ...line }) => ({
    ...line,
    ...{ asOfSeq: 184_000, primitives: line.value === null ? null : PRIMITIVES },
  }));

/** What was published of a month, in the shape of the ledger; September has no contributions. */
export const samplePublication = (period: string) => {
  const hidden = period === '2026-09';
  return readPublication.answer.parse({
    ...{ publicationId: '019a0000-0000-7000-8000-0000000000f1', period, vintage: 1 },
    ...{ revision: null, methodVersion: '1.0.0', publishedAt: '2026-11-05T02:00:00.000Z' },
    head: { seq: 184_000, recordedAt: '2026-11-05T01:00:00.000Z', kind: 'synthetic' },
    contentHash: 'd'.repeat(64),
    content: {
      ...{ period, vintage: 1, revision: null, logRoot: null, capFen: '3450000000' },
      head: { seq: 184_000, recordedAt: '2026-11-05T01:00:00.000Z', kind: 'synthetic' },
      method: {
        ...{ name: 'TTI', version: '1.0.0', linkYear: 2026, linkHead: '90412' },
        parameterHash: 'c'.repeat(64),
      },
      ...{ parameters: {}, reference: {}, values: valuesOf(period), cityWindows: [] },
      contributions: hidden
        ? null
        : {
            asOfSeq: 184_000,
            before: { period: '2026-09', value: '1107.51', primitives: PRIMITIVES },
            after: { period: '2026-10', value: '1120.87', primitives: PRIMITIVES },
            tables: ['component', 'district', 'field', 'industry'].map((by) =>
              sampleContributions(by),
            ),
          },
      contributionsHidden: hidden ? 'waits-for-crowd' : null,
    },
  });
};
