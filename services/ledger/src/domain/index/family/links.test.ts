import { Refusal } from '@jishi/contracts/problem';
import { describe, expect, it, vi } from 'vitest';
import given from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { monthSpan } from './calendar.ts';
import { componentRatios, formatIndex, lnComposite } from './change-index.ts';
import { contributions, LINK_LINE } from './contributions.ts';
import type { Family } from './family-state.ts';
import { priorPeriodAdjustments } from './freeze.ts';
import { FIXED_ONE, lnRational } from './logarithm.ts';
import { editionText, type Method, readMethod } from './method.ts';
import type { EditionFile, MethodFile } from './method-file.ts';
import {
  chainGapPercent,
  indexValue,
  lnDirect,
  lnOfficial,
  readPeriod,
  settingUnder,
} from './official.ts';
import { rational } from './rational.ts';
import { type Series, seriesOf } from './series.ts';
import {
  contractOf,
  factsFrom,
  foldAll,
  type Happening,
  registered,
  WAN,
} from './testing-market.ts';
import { valueLines } from './value-lines.ts';

const file = given as MethodFile;
const [first] = file.editions;
if (!first) throw new Error('the parameter file has no edition');

/** Ten contracts a month, a little more and dearer each month; one in five converts a listing. */
const monthOfContracts = (month: string, i: number): Happening[] =>
  Array.from({ length: 10 + (i % 4) }, (_, n) =>
    registered(
      contractOf(`${month}-${n}`, {
        registeredOn: `${month}-15`,
        technologyValueFen: BigInt(20 + 7 * n + 3 * i) * WAN,
        sellerId: `s${n % 6}`,
        buyerId: `b${(n + i) % 9}`,
        district: n % 2 === 0 ? 'gusu' : 'sip',
        buyerRegion: n % 3 === 0 ? 'outside' : 'gusu',
        fieldCode: n % 2 === 0 ? 'electronics' : 'materials',
        origins: n % 5 === 0 ? ['l1'] : [],
      }),
    ),
  );
const OPENED: Happening = {
  kind: 'opened',
  listing: {
    ...{ listingId: 'l1', district: 'gusu', industryCode: 'M', fieldCode: 'electronics' },
    ...{ openedOn: '2024-12-01', expiresOn: null },
  },
};
const MONTHS = monthSpan('2025-01', '2028-02');
const HAPPENINGS = [OPENED, ...MONTHS.flatMap((month, i) => monthOfContracts(month, i))];
/** The last event that belongs to a month. */
const headAfter = (month: string): number =>
  1 + MONTHS.slice(0, MONTHS.indexOf(month) + 1).reduce((n, _, i) => n + 10 + (i % 4), 0);

const edition = (year: number, more: Partial<EditionFile> = {}): EditionFile => ({
  ...first,
  ...{ linkYear: `${year}`, effectiveFrom: `${year}-01-01`, effectiveTo: `${year + 1}-01-01` },
  linkHead: `${headAfter(`${year - 1}-12`)}`,
  ...more,
});
const WEIGHTS = { S: '0.25', A: '0.30', B: '0.20', C: '0.15', P: '0.10' };
const methodWithFreeze = (freezeHead: string | null): Method =>
  readMethod({
    ...file,
    editions: [
      edition(2026, { freezeHead }),
      edition(2027, { weights: WEIGHTS, cap: { percentile: '0.9', stepFen: '10000000' } }),
      edition(2028),
    ],
  });
const method = methodWithFreeze(null);
const family = foldAll(method, factsFrom(1, HAPPENINGS));

const seriesNamed = (key: string): Series => {
  const series = seriesOf(method).find((one) => one.key === key);
  if (!series) throw new Error(`no series ${key}`);
  return series;
};
const CITY = seriesNamed('city');
const lnAt = (of: Family, period: string, series = CITY): bigint => {
  const ln = lnOfficial(of, series, period);
  if (typeof ln === 'string') throw new Error(`${period}: ${ln}`);
  return ln;
};
/** ln I of a period under another year's θ, with that year's level. */
const lnUnder = (period: string, linkYear: number, series = CITY): bigint => {
  const under = method.editions.find((one) => one.linkYear === linkYear);
  const setting = under ? settingUnder(family, series, under) : 'none';
  if (!under || typeof setting === 'string') throw new Error('no setting');
  const reading = readPeriod(family, series, period, setting);
  if (typeof reading === 'string') throw new Error(reading);
  const ratios = componentRatios(reading.cell(series.cell), setting.own, setting.rule);
  if (!ratios) throw new Error('no ratios');
  return setting.own.lnLevel + lnComposite(ratios, under.weights);
};
const isClose = (a: bigint, b: bigint, decimals = 36n): boolean =>
  (a - b) ** 2n < (FIXED_ONE / 10n ** decimals) ** 2n;

vi.setConfig({ testTimeout: 180_000 });

describe('a link', () => {
  it.each(['city', 'district:sip', 'field:electronics'])(
    'of %s keeps the mean of the year before, recomputed under the new parameters',
    (key) => {
      const series = seriesNamed(key);
      for (const year of [2027, 2028]) {
        const months = monthSpan(`${year - 1}-01`, `${year - 1}-12`);
        const mean = (of: (month: string) => bigint): bigint =>
          months.reduce((sum, month) => sum + of(month), 0n) / 12n;
        const official = mean((month) => lnAt(family, month, series));
        expect(
          isClose(
            mean((month) => lnUnder(month, year, series)),
            official,
            35n,
          ),
        ).toBe(true);
      }
    },
  );

  it('of the twelve-month series starts from December', () => {
    const long = seriesNamed('city@12');
    const recomputed = lnUnder('2026-12', 2027, long);
    expect(isClose(recomputed, lnAt(family, '2026-12', long))).toBe(true);
  });

  it('leaves nothing undefined after the base, and the geometric base mean is 1000', () => {
    const missing = valueLines(family, '2026-01', '2028-02').filter(
      ({ series, value }) => ['city', 'city@12', 'district:sip'].includes(series) && value === null,
    );
    expect(missing).toStrictEqual([]);
    const base =
      monthSpan('2025-01', '2025-12').reduce((sum, m) => sum + lnAt(family, m), 0n) / 12n;
    expect(formatIndex(base)).toBe('1000.00');
    expect(isClose(base, lnRational(rational(1000n)), 37n)).toBe(true);
  });

  it('is followed by contributions with a line of its own, and not over two links', () => {
    for (const parting of ['district', 'contract'] as const) {
      const lines = contributions(family, CITY, ['2026-11', '2027-02'], parting);
      const sum = lines.reduce((all, { total }) => all + total, 0n);
      expect(isClose(sum, lnAt(family, '2027-02') - lnAt(family, '2026-11'))).toBe(true);
      const link = lines.find(({ code }) => code === LINK_LINE);
      expect(link && !isClose(link.total, 0n, 6n)).toBe(true);
    }
    const within = contributions(family, CITY, ['2027-01', '2027-02'], 'district');
    expect(within.some(({ code }) => code === LINK_LINE)).toBe(false);
    expect(() => contributions(family, CITY, ['2026-11', '2028-01'], 'district')).toThrow(Refusal);
  });

  it('gives a chain gap that is nothing in the first link year', () => {
    expect(lnDirect(family, CITY, '2026-06')).toBe(lnAt(family, '2026-06'));
    const direct = lnDirect(family, CITY, '2027-06');
    if (typeof direct === 'string') throw new Error(direct);
    expect(chainGapPercent(lnAt(family, '2027-06'), direct)).toMatch(/^-?\d+\.\d\d$/);
  });

  it('before its head there is no value of its year', () => {
    const early = foldAll(method, factsFrom(1, HAPPENINGS.slice(0, headAfter('2025-12') - 1)));
    expect(indexValue(early, CITY, '2025-12').reason).toBe('base-incomplete');
    const late = foldAll(method, factsFrom(1, HAPPENINGS.slice(0, headAfter('2025-12'))));
    expect(indexValue(late, CITY, '2025-12').value).not.toBeNull();
    expect(indexValue(family, CITY, '2029-01').reason).toBe('no-parameters');
    expect(indexValue(family, CITY, '2024-12').reason).toBe('before-base');
  });
});

describe('a reference block', () => {
  it('that is stored in the file gives the same strings and the same hash as computing it', () => {
    const stored = readMethod({
      ...file,
      editions: method.file.editions.map((one) => ({
        ...one,
        reference: family.references.get(Number(one.linkYear))?.file ?? null,
      })),
    });
    const again = foldAll(stored, factsFrom(1, HAPPENINGS));
    expect(valueLines(again, '2025-01', '2028-02')).toStrictEqual(
      valueLines(family, '2025-01', '2028-02'),
    );
    const text = (of: Family) =>
      editionText(of.method, 2027, of.references.get(2027)?.file ?? null);
    expect(text(again)).toBe(text(family));
  });
});

describe('the annual freeze', () => {
  const head = headAfter('2027-03');
  const frozenMethod = methodWithFreeze(`${head}`);
  const late: Happening[] = [
    { kind: 'left', contractId: '2026-12-3' },
    registered(contractOf('late', { registeredOn: '2026-12-28', technologyValueFen: 900n * WAN })),
    registered(contractOf('late2', { registeredOn: '2026-05-28', technologyValueFen: 50n * WAN })),
  ];
  const log = (more: readonly Happening[]) => [
    ...HAPPENINGS.slice(0, head),
    ...more,
    ...HAPPENINGS.slice(head),
  ];
  const shown = (of: Family) =>
    valueLines(of, '2025-01', '2027-06').filter(({ series }) => !series.startsWith('industry'));

  it('keeps every value of the year and of windows that reach out of it', () => {
    const frozen = foldAll(frozenMethod, factsFrom(1, log(late)));
    const untouched = foldAll(frozenMethod, factsFrom(1, log([])));
    expect(shown(frozen)).toStrictEqual(shown(untouched));
    const thawed = foldAll(method, factsFrom(1, log(late)));
    expect(lnAt(thawed, '2026-12')).not.toBe(lnAt(frozen, '2026-12'));
  });

  it('lists what came later, and the list is the difference to the unfrozen figures', () => {
    const frozen = foldAll(frozenMethod, factsFrom(1, log(late)));
    const before = HAPPENINGS.find(
      (one) => one.kind === 'registered' && one.contract.contractId === '2026-12-3',
    );
    const gone = before?.kind === 'registered' ? before.contract.technologyValueFen : 0n;
    expect(priorPeriodAdjustments(frozen.market)).toStrictEqual([
      { month: '2026-05', units: 1, rawFen: 50n * WAN },
      { month: '2026-12', units: 0, rawFen: 900n * WAN - gone },
    ]);
  });

  it('a back-dated contract moves only the windows that hold its month, until then', () => {
    const [, , backDated] = late;
    if (!backDated) throw new Error('no happening');
    const at = log([backDated]).length;
    const moved = foldAll(method, factsFrom(1, log([backDated]).slice(0, at)));
    const untouched = valueLines(family, '2025-01', '2026-12');
    const differing = valueLines(moved, '2025-01', '2026-12')
      .filter((line, i) => line.value !== untouched[i]?.value)
      .map(({ series, period }) => [series, period] as const);
    const months = differing.filter(([series]) => series === 'city').map(([, period]) => period);
    expect(months).toStrictEqual(['2026-05']);
    const rolling = new Set(
      differing.filter(([series]) => series.includes(':')).map(([, period]) => period),
    );
    expect([...rolling].sort()).toStrictEqual(['2026-05', '2026-06', '2026-07']);
  });
});
