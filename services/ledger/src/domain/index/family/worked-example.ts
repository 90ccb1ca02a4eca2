import {
  contractOf,
  type Happening,
  openingOf,
  registered,
  unexposed,
  WAN,
} from './testing-market.ts';

/**
 * The worked example of the method: two districts (A = gusu, B = huqiu), two fields
 * (E = electronics, M = manufacturing), one base month and one month after it.
 */
export const BASE_MONTH = '2025-12';
export const NEXT_MONTH = '2026-04';

const DISTRICTS = { A: 'gusu', B: 'huqiu' } as const;
const FIELDS = { E: 'electronics', M: 'manufacturing' } as const;

type Row = readonly [
  id: string,
  district: 'A' | 'B',
  field: 'E' | 'M',
  seller: string,
  buyer: string,
  wan: bigint,
  isCross: boolean,
  openedOn?: string,
];

const BASE_ROWS: readonly Row[] = [
  ['c1', 'A', 'E', 's1', 'b1', 100n, false, '2025-09-21'],
  ['c2', 'A', 'M', 's1', 'b2', 200n, true],
  ['c3', 'B', 'E', 's2', 'b1', 100n, true, '2025-07-13'],
  ['c4', 'B', 'M', 's3', 'b3', 400n, false],
];

const NEXT_ROWS: readonly Row[] = [
  ['d1', 'A', 'E', 's1', 'b1', 150n, false, '2026-02-19'],
  ['d2', 'A', 'E', 's4', 'b4', 150n, true],
  ['d3', 'A', 'M', 's1', 'b2', 300n, true, '2025-12-21'],
  ['d4', 'B', 'E', 's2', 'b1', 150n, true, '2025-12-21'],
  ['d5', 'B', 'M', 's3', 'b3', 1600n, false],
  ['d6', 'B', 'M', 's3', 'b5', 250n, true],
];

export const LATE_ROW: Row = ['e1', 'B', 'E', 's5', 'b6', 150n, true];

/** The contract of a row, and before it the listing that it converts. */
export const rowFacts = (row: Row, registeredOn: string): Happening[] => {
  const [id, district, field, sellerId, buyerId, wan, isCross, openedOn] = row;
  const contract = contractOf(id, {
    registeredOn,
    district: DISTRICTS[district],
    fieldCode: FIELDS[field],
    buyerRegion: isCross ? 'outside' : DISTRICTS[district],
    technologyValueFen: wan * WAN,
    ...{ sellerId, buyerId, origins: openedOn ? [`l-${id}`] : [] },
  });
  const opened = openedOn ? [unexposed(`l-${id}`, openedOn)] : [];
  return [...opened, registered(contract)];
};

/** So many listings, each open for exactly thirty days from a day. */
const open = (n: number, district: 'A' | 'B', field: 'E' | 'M', from: string, to: string) =>
  Array.from(
    { length: n },
    (_, i): Happening => ({
      kind: 'opened',
      listing: openingOf(`${district}${field}${i}-${from}`, {
        ...{ district: DISTRICTS[district], fieldCode: FIELDS[field] },
        ...{ openedOn: from, expiresOn: to },
      }),
    }),
  );

const [BASE_FROM, BASE_TO] = ['2025-12-01', '2025-12-31'];
const [NEXT_FROM, NEXT_TO] = ['2026-04-01', '2026-05-01'];

/** Open listing-months: A 20, B 20 (E 20, M 20) in the base; A 25, B 25 (E 30, M 20) after it. */
const LISTINGS: readonly Happening[] = [
  ...open(10, 'A', 'E', BASE_FROM, BASE_TO),
  ...open(10, 'A', 'M', BASE_FROM, BASE_TO),
  ...open(10, 'B', 'E', BASE_FROM, BASE_TO),
  ...open(10, 'B', 'M', BASE_FROM, BASE_TO),
  ...open(15, 'A', 'E', NEXT_FROM, NEXT_TO),
  ...open(10, 'A', 'M', NEXT_FROM, NEXT_TO),
  ...open(15, 'B', 'E', NEXT_FROM, NEXT_TO),
  ...open(10, 'B', 'M', NEXT_FROM, NEXT_TO),
];

export const BASE_HAPPENINGS: readonly Happening[] = [
  ...LISTINGS,
  ...BASE_ROWS.flatMap((row) => rowFacts(row, '2025-12-20')),
];

/** Opened on 21 December: 120 days before 20 April. */
export const NEXT_HAPPENINGS: readonly Happening[] = NEXT_ROWS.flatMap((row) =>
  rowFacts(row, '2026-04-20'),
);
