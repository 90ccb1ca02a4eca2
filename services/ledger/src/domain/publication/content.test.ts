import type { ValuePrimitives } from '@jishi/contracts/ledger/published-content';
import { describe, expect, test } from 'vitest';
import {
  crowd,
  familyUpTo,
  methodLinkedAt,
  openLog,
  type Publishing,
  publish,
  valueFor,
} from '../../testing/publications.ts';
import { canonicalJson } from '../index/canonical-json.ts';
import type { ContractFact } from '../index/family/facts.ts';
import { seriesOf } from '../index/family/series.ts';
import { contractOf, openingOf } from '../index/family/testing-market.ts';
import { valueLine } from '../index/family/value-lines.ts';
import { checkPublished } from './check-published.ts';
import { movedSeries } from './publication.ts';

const MONTH = '2026-01';
const KUNSHAN = { district: 'kunshan', fieldCode: 'materials', industryCode: 'C' } as const;

/** What the cap does not cut: of more nobody learns anything. */
const BELOW_CAP_FEN = 30_000_000n;

/** A base year in two districts, fields and industries, four contracts in every month of each. */
const baseLog = () => {
  const log = openLog();
  const openedOn = '2025-09-15';
  log.open(openingOf('listing-gusu', { openedOn }));
  log.open(openingOf('listing-kunshan', { openedOn, ...KUNSHAN }));
  for (const month of ['2025-10', '2025-11', '2025-12']) {
    log.register(...crowd(`gusu ${month}`, month, 4));
    log.register(...crowd(`kunshan ${month}`, month, 4, KUNSHAN));
  }
  return { log, method: methodLinkedAt(log.head()) };
};

const opened = () => {
  const { log, method } = baseLog();
  const publishing: Publishing = { method, facts: log.facts, published: [] };
  return { log, publishing };
};

describe('what is shown', () => {
  test('every string is the log’s own, and follows from the numbers beside it', () => {
    const { log, publishing } = opened();
    log.register(...crowd('jan gusu', MONTH, 5), ...crowd('jan kunshan', MONTH, 6, KUNSHAN));
    const content = publish(publishing, MONTH);
    const family = familyUpTo(publishing, log.head());
    const shown = content.values.filter(({ primitives }) => primitives !== null);
    expect(shown.map(({ series }) => series)).toContain('district:kunshan');
    for (const one of shown) {
      const series = seriesOf(publishing.method).find(({ key }) => key === one.series);
      if (!series) throw new Error(`no series ${one.series}`);
      const { period, provisional, ...line } = valueLine(family, series, MONTH);
      expect(one).toMatchObject(line);
    }
    expect(checkPublished(content).differences).toEqual([]);
  });

  test('before the base is linked no series has a value, and the reason is told', () => {
    const log = openLog();
    log.register(...crowd('oct', '2025-10', 6));
    const publishing = { method: methodLinkedAt(100), facts: log.facts, published: [] };
    const content = publish(publishing, '2025-10');
    expect(new Set(content.values.map(({ reason }) => reason))).toEqual(
      new Set(['base-incomplete']),
    );
    expect([content.method.linkHead, content.capFen]).toEqual([null, null]);
    expect(content.reference).toEqual({});
  });

  test('the values of base months exist once the base is linked', () => {
    const { publishing } = opened();
    expect(valueFor(publish(publishing, '2025-11'), 'city').value).not.toBeNull();
  });

  test('a month without a contract has no trade, and hides nobody', () => {
    const { log, publishing } = opened();
    log.register(...crowd('jan', MONTH, 5), ...crowd('feb', '2026-02', 5));
    const content = publish(publishing, '2026-02');
    expect(valueFor(content, 'district:kunshan')).toMatchObject({
      reason: 'no-trade',
      hidden: null,
    });
    expect(valueFor(content, 'district:gusu').value).not.toBeNull();
  });
});

describe('what is hidden', () => {
  const fewSellers = (count: number): ContractFact[] =>
    crowd('few', MONTH, 6, KUNSHAN).map((one, n) => ({
      ...one,
      sellerId: `few-seller-${n % count}`,
    }));

  test('four sellers hide a cell, five show it; a neighbour is hidden so that none is left alone', () => {
    // Far from the base’s months, so that only this month is in the window.
    const month = '2026-03';
    const of = (sellers: number) => {
      const { log, publishing } = opened();
      const few = fewSellers(sellers).map((one) => ({ ...one, registeredOn: `${month}-10` }));
      log.register(...crowd('gusu', month, 6), ...few);
      return publish(publishing, month);
    };
    const hidden = of(4);
    expect(valueFor(hidden, 'district:kunshan')).toMatchObject({
      ...{ hidden: 'few-sellers', value: null, state: null, sub: null },
      ...{ grade: 'S', flags: [], primitives: null },
    });
    expect(valueFor(hidden, 'district:gusu').hidden).toBe('protects-neighbour');
    expect(valueFor(hidden, 'city').value).not.toBeNull();
    expect(Object.keys(hidden.reference)).not.toContain('district:kunshan');
    const shown = of(5);
    expect(valueFor(shown, 'district:kunshan').hidden).toBeNull();
    expect(valueFor(shown, 'district:gusu').hidden).toBeNull();
  });

  test('a base of four sellers hides the value that is taken against it', () => {
    const month = '2026-03';
    const of = (sellers: number) => {
      const log = openLog();
      for (const base of ['2025-10', '2025-11', '2025-12']) {
        log.register(...crowd(`gusu ${base}`, base, 4));
        const few = crowd(`kunshan ${base}`, base, 5, KUNSHAN);
        log.register(...few.map((one, n) => ({ ...one, sellerId: `thin-${n % sellers}` })));
      }
      const method = methodLinkedAt(log.head());
      log.register(...crowd('gusu', month, 9), ...crowd('kunshan', month, 5, KUNSHAN));
      return publish({ method, facts: log.facts, published: [] }, month);
    };
    expect(valueFor(of(4), 'district:kunshan').hidden).toBe('base-few-contracts');
    expect(valueFor(of(5), 'district:kunshan').hidden).toBeNull();
  });

  test('two parts that differ by one contract are not both shown', () => {
    const month = '2026-03';
    const { log, publishing } = opened();
    // Field materials is district kunshan and one contract of gusu more.
    const odd = contractOf('odd', {
      ...{ registeredOn: `${month}-10`, fieldCode: 'materials', technologyValueFen: BELOW_CAP_FEN },
    });
    log.register(...crowd('gusu', month, 6), ...crowd('kunshan', month, 5, KUNSHAN), odd);
    const content = publish(publishing, month);
    const both = ['district:kunshan', 'field:materials'].map((key) => valueFor(content, key).value);
    expect(both.filter((value) => value !== null).length).toBeLessThan(2);
  });
});

describe('vintages', () => {
  const january = () => {
    const { log, publishing } = opened();
    const gusu = crowd('jan gusu', MONTH, 14);
    log.register(...gusu, ...crowd('jan kunshan', MONTH, 8, KUNSHAN));
    return { log, publishing, gusu, first: publish(publishing, MONTH) };
  };

  test.each([1, 4])(
    '%i cancelled contracts wait: every figure stays as of where it was',
    (count) => {
      const { log, publishing, gusu, first } = january();
      log.cancel(...gusu.slice(0, count));
      const next = publish(publishing, MONTH);
      expect(movedSeries(next, first)).toEqual([]);
      expect(valueFor(next, 'city').asOfSeq).toBe(first.head.seq);
      expect(next.cityWindows).toEqual(first.cityWindows);
      expect(checkPublished(next).differences).toEqual([]);
    },
  );

  test('five of five sellers move it, as data', () => {
    const { log, publishing, gusu, first } = january();
    log.cancel(...gusu.slice(0, 5));
    const next = publish(publishing, MONTH);
    expect(movedSeries(next, first)).toContain('city');
    expect(valueFor(next, 'city').primitives).toMatchObject({ contracts: 17 });
    expect(valueFor(next, 'district:kunshan').asOfSeq).toBe(next.head.seq);
    expect([first.revision, next.revision, next.vintage]).toEqual([null, 'R1', 2]);
  });

  test('five contracts whose value is published are no cover', () => {
    const { log, publishing } = opened();
    const known = crowd('jan gusu', MONTH, 8).map((one) => ({ ...one, isValuePublished: true }));
    log.register(...known, ...crowd('jan more', MONTH, 6), ...crowd('jan k', MONTH, 6, KUNSHAN));
    const first = publish(publishing, MONTH);
    log.cancel(...known.slice(0, 5));
    expect(movedSeries(publish(publishing, MONTH), first)).toEqual([]);
  });

  test('one contract in one part waits there, though the city moves by a crowd', () => {
    const { log, publishing, first } = january();
    log.register(
      ...crowd('late', MONTH, 6),
      contractOf('alone', {
        ...{ ...KUNSHAN, registeredOn: `${MONTH}-12`, technologyValueFen: BELOW_CAP_FEN },
      }),
    );
    const next = publish(publishing, MONTH);
    expect(valueFor(next, 'city').asOfSeq).toBe(next.head.seq);
    expect(valueFor(next, 'district:kunshan').asOfSeq).toBe(first.head.seq);
    // Or the city less gusu would be the one contract.
    expect(valueFor(next, 'district:gusu').asOfSeq).toBe(first.head.seq);
  });

  test('the city over three months is hidden while it would tell of one late contract', () => {
    const { log, publishing } = opened();
    log.register(...crowd('jan gusu', MONTH, 6), ...crowd('jan k', MONTH, 6, KUNSHAN));
    for (const month of ['2025-12', MONTH]) publish(publishing, month);
    const technologyValueFen = BELOW_CAP_FEN;
    log.register(contractOf('late', { registeredOn: `${MONTH}-20`, technologyValueFen }));
    log.register(...crowd('feb gusu', '2026-02', 6), ...crowd('feb k', '2026-02', 6, KUNSHAN));
    const february = publish(publishing, '2026-02');
    expect(valueFor(february, 'city').value).not.toBeNull();
    expect(valueFor(february, 'city@3').hidden).toBe('waits-for-crowd');
  });

  test('what the operator declares stands beside the first vintage alone', () => {
    const { log, publishing, gusu } = january();
    log.cancel(...gusu.slice(0, 5));
    expect(publish(publishing, MONTH, log.head(), 'C').revision).toBe('C');
    expect(() => publish(publishing, '2026-02', log.head(), 'C')).toThrow('no revision label');
  });
});

describe('contributions', () => {
  const told = () => {
    const { log, publishing } = opened();
    for (const month of ['2026-01', '2026-02']) {
      log.register(...crowd(`gusu ${month}`, month, 6), ...crowd(`k ${month}`, month, 5, KUNSHAN));
      log.register(...crowd(`sip ${month}`, month, 2, { district: 'sip', industryCode: 'I' }));
    }
    publish(publishing, '2026-01');
    return publish(publishing, '2026-02');
  };

  test('nothing is told against a month that is not published', () => {
    const { log, publishing } = opened();
    log.register(...crowd('jan', '2026-01', 6), ...crowd('feb', '2026-02', 6));
    const content = publish(publishing, '2026-02');
    expect(content).toMatchObject({ contributions: null, contributionsHidden: 'not-published' });
  });

  test('they add up, and a hidden part is never alone in its line', () => {
    const content = told();
    const tables = content.contributions?.tables ?? [];
    expect(tables.map(({ by }) => by)).toEqual(['component', 'district', 'industry', 'field']);
    const district = tables.find(({ by }) => by === 'district');
    expect(district?.merged).toContain('district:sip');
    expect(district?.merged.length).toBeGreaterThan(1);
    expect(district?.lines.map(({ code }) => code)).toContain('(others)');
    expect(checkPublished(content).differences).toEqual([]);
  });

  test('they are kept while the city is kept', () => {
    const { log, publishing } = opened();
    const feb = crowd('feb', '2026-02', 6);
    log.register(...crowd('jan', '2026-01', 6), ...feb);
    publish(publishing, '2026-01');
    const first = publish(publishing, '2026-02');
    log.cancel(...feb.slice(0, 1));
    const next = publish(publishing, '2026-02');
    expect(first.contributions).not.toBeNull();
    expect(next.contributions).toEqual(first.contributions);
  });
});

describe('nothing can be changed unseen', () => {
  const whole = () => {
    const { log, publishing } = opened();
    log.register(...crowd('jan gusu', MONTH, 6), ...crowd('jan kunshan', MONTH, 6, KUNSHAN));
    return { log, publishing };
  };
  const textOf = (publishing: Publishing): string =>
    canonicalJson(JSON.parse(JSON.stringify(publish({ ...publishing, published: [] }, MONTH))));

  test('the same log gives the same bytes', () => {
    const { publishing } = whole();
    expect(textOf(publishing)).toBe(textOf(publishing));
  });

  test('a changed contract event gives others, wherever in the month or the base it stands', () => {
    const { publishing } = whole();
    const before = textOf(publishing);
    publishing.facts.forEach((fact, i) => {
      if (fact.kind !== 'registered') return;
      // More would be capped away.
      const technologyValueFen = fact.contract.technologyValueFen / 2n;
      const changed = { ...fact, contract: { ...fact.contract, technologyValueFen } };
      const facts = publishing.facts.with(i, changed);
      expect(textOf({ ...publishing, facts })).not.toBe(before);
    });
  });

  test('a changed parameter gives another hash of θ', () => {
    const { log, publishing } = whole();
    const first = publish(publishing, MONTH);
    const other = methodLinkedAt(log.head() - 1);
    const next = publish({ ...publishing, method: other, published: [] }, MONTH);
    expect(next.method.parameterHash).not.toBe(first.method.parameterHash);
  });

  test('a leading digit of any number that is shown makes the check name its series', () => {
    const { publishing } = whole();
    const content = publish(publishing, MONTH);
    const cell = valueFor(content, 'district:kunshan');
    const { primitives } = cell;
    if (!primitives) throw new Error('the cell is shown');
    const otherDigit = (text: string): string =>
      text.replace(/[0-9]/, (digit) => `${(Number(digit) + 1) % 10}`);
    for (const [key, given] of Object.entries(primitives)) {
      const changed = otherDigit(`${given}`);
      const altered = {
        ...primitives,
        [key]: typeof given === 'number' ? Number(changed) : changed,
      };
      const values = content.values.map((one) =>
        one === cell ? { ...one, primitives: altered as ValuePrimitives } : one,
      );
      const found = checkPublished({ ...content, values }).differences;
      // How many contracts and parties there are is seen in flags and grade, at their limits alone.
      const isSeen = key === 'contracts' || key === 'parties' || found[0]?.where === cell.series;
      expect([key, isSeen]).toEqual([key, true]);
    }
  });
});
