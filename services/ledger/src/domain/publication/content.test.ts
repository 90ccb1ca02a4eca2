import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { IndexCell } from '@jishi/contracts/ledger/live';
import type { PublishedCell, PublishedContent } from '@jishi/contracts/ledger/publication';
import { expect, test } from 'vitest';
import file from '../../../parameters/index-0.1.json' with { type: 'json' };
import { baseOf, formatHundredths, indexHundredths } from '../index/formula.ts';
import { readParameters } from '../index/parameters.ts';
import type { RegisteredContract } from '../index/registered-contract.ts';
import { contractAt } from '../index/testing-contracts.ts';
import { changesBetween } from './changes.ts';
import { contentOf } from './content.ts';
import { movedCells, shownBefore } from './publication.ts';
import { type Contracts, tableOf } from './units.ts';

const parameters = readParameters(file);
const method = { name: 'test', version: '0.1', parameterHash: '0'.repeat(64) };
const PERIOD = '2026-03';

let serial = 0;
const contract = (given: Partial<RegisteredContract>): RegisteredContract =>
  contractAt(++serial, { registeredOn: `${PERIOD}-02`, ...given });

/** Three contracts of three sellers and buyers, alike but for who made them. */
const crowd = (name: string, given: Partial<RegisteredContract> = {}): RegisteredContract[] =>
  [1, 2, 3].map((n) => contract({ sellerId: `${name}-s${n}`, buyerId: `${name}-b${n}`, ...given }));

/** A base year in two districts and two fields, three contracts in every month of each. */
const BASE = parameters.baseMonths.flatMap((month) => [
  ...crowd('one', { registeredOn: `${month}-10` }),
  ...crowd('two', {
    registeredOn: `${month}-10`,
    sellerDistrict: 'wuzhong',
    fieldCode: 'materials',
    industryCode: 'C',
  }),
]);
const SIP = crowd('three');
const WUZHONG = crowd('four', {
  sellerDistrict: 'wuzhong',
  fieldCode: 'materials',
  industryCode: 'C',
});

const standing = (...contracts: readonly RegisteredContract[]): Contracts =>
  new Map(contracts.map((one) => [one.contractId, one]));

interface Log {
  readonly [seq: number]: Contracts;
}

const publish = (
  log: Log,
  seq: number,
  published: readonly PublishedContent[] = [],
  period: string = PERIOD,
): PublishedContent => {
  const head: LogHead = { seq, recordedAt: '2026-04-02T04:00:00.000Z', kind: 'synthetic' };
  const at = (asked: number): Contracts => log[asked] ?? standing();
  return contentOf(period, published.length + 1, {
    ...{ parameters, method, head, headDay: '2026-04-02' },
    tableAt: (asked) => tableOf(at(asked), parameters),
    changesSince: (asked) => changesBetween(at(asked), at(seq), parameters),
    shown: shownBefore(published, period, parameters.baseMonths),
  });
};

const cellOf = (content: PublishedContent, cell: IndexCell): PublishedCell => {
  const found = content.cells.find((one) => one.cell === cell);
  if (!found) throw new Error(`no cell ${cell}`);
  return found;
};

test('a shown value follows from the whole numbers that stand beside it', () => {
  const content = publish({ 10: standing(...BASE, ...SIP, ...WUZHONG) }, 10);
  const shown = content.cells.filter((cell) => cell.state === 'defined');
  expect(shown.map((cell) => cell.cell)).toContain('district:sip');
  for (const { base, valueFen, contracts, value } of shown) {
    const months = (base?.months ?? []).map((month) => ({
      valueFen: BigInt(month.valueFen),
      contracts: BigInt(month.contracts),
    }));
    const from = baseOf(months, parameters);
    if (!from) throw new Error('no base');
    const again = indexHundredths(from, {
      valueFen: BigInt(valueFen ?? '0'),
      contracts: BigInt(contracts ?? 0),
    });
    expect(again === null ? null : formatHundredths(again)).toBe(value);
  }
});

test('two sellers hide a cell, three show it; a neighbour is hidden so that none is left alone', () => {
  const few = WUZHONG.map((one) => ({ ...one, sellerId: one.sellerId.replace('s3', 's2') }));
  const content = publish({ 10: standing(...BASE, ...SIP, ...few) }, 10);
  expect(cellOf(content, 'district:wuzhong').reason).toBe('few-contracts');
  expect(cellOf(content, 'district:sip').reason).toBe('protects-neighbour');
  expect(cellOf(content, 'city').state).toBe('defined');
  const enough = publish({ 10: standing(...BASE, ...SIP, ...WUZHONG) }, 10);
  expect(cellOf(enough, 'district:wuzhong').state).toBe('defined');
  expect(cellOf(enough, 'district:sip').state).toBe('defined');
});

test('a base month of two contracts hides the value that would show it', () => {
  const [first] = BASE.filter((one) => one.sellerDistrict === 'wuzhong');
  const thin = BASE.filter((one) => one !== first);
  const content = publish({ 10: standing(...thin, ...SIP, ...WUZHONG) }, 10);
  expect(cellOf(content, 'district:wuzhong')).toMatchObject({
    ...{ state: 'hidden', reason: 'base-few-contracts', value: null },
    ...{ valueFen: null, contracts: null, base: null },
  });
});

test('a month without contracts is said to have none, and hides nobody', () => {
  const content = publish({ 10: standing(...BASE, ...SIP) }, 10);
  expect(cellOf(content, 'district:wuzhong')).toMatchObject({
    ...{ state: 'not-defined', reason: 'no-trade', contracts: 0, valueFen: '0' },
  });
});

test('one cancelled contract waits, three of three parties move the month, and its label', () => {
  const all = [...BASE, ...SIP, ...crowd('five'), ...WUZHONG];
  const log = (gone: readonly RegisteredContract[]): Log => ({
    10: standing(...all),
    20: standing(...all.filter((one) => !gone.includes(one))),
  });
  const first = publish(log([]), 10);
  const one = publish(log(SIP.slice(0, 1)), 20, [first]);
  expect(movedCells(one, first)).toEqual([]);
  expect(cellOf(one, 'city')).toMatchObject({ asOfSeq: 10, contracts: 9 });
  const two = publish(log(SIP.slice(0, 2)), 20, [first]);
  expect(movedCells(two, first)).toEqual([]);
  const three = publish(log(SIP), 20, [first]);
  expect(movedCells(three, first)).toEqual([
    ...['city', 'district:sip', 'industry:M', 'field:electronics'],
  ]);
  expect(cellOf(three, 'city')).toMatchObject({ asOfSeq: 20, contracts: 6 });
  expect([first.revision, three.revision]).toEqual([null, 'R1']);
});

test('contracts whose value is published are no cover for the others', () => {
  const known = SIP.map(
    (one): RegisteredContract => ({ ...one, publishedValueFen: one.contractValueFen }),
  );
  const all = [...BASE, ...known, ...crowd('five'), ...WUZHONG];
  const log = { 10: standing(...all), 20: standing(...all.filter((one) => !known.includes(one))) };
  const first = publish(log, 10);
  expect(movedCells(publish(log, 20, [first]), first)).toEqual([]);
});

test('a change in one district makes another wait, or the difference would show it', () => {
  const more = crowd('six');
  const late = contract({
    ...{ sellerDistrict: 'wuzhong', fieldCode: 'materials', industryCode: 'C' },
    ...{ sellerId: 'late-s', buyerId: 'late-b' },
  });
  const log = {
    10: standing(...BASE, ...SIP, ...WUZHONG),
    20: standing(...BASE, ...SIP, ...WUZHONG, ...more, late),
  };
  const first = publish(log, 10);
  const next = publish(log, 20, [first]);
  expect(movedCells(next, first)).toEqual(['city']);
  expect(cellOf(next, 'city').contracts).toBe(10);
  expect(cellOf(next, 'district:wuzhong').asOfSeq).toBe(10);
  expect(cellOf(next, 'district:sip').asOfSeq).toBe(10);
});

test('a base that one contract has changed stays as it was shown, in other months too', () => {
  const april = crowd('seven', { registeredOn: '2026-02-03' });
  const log = {
    10: standing(...BASE, ...SIP, ...april),
    20: standing(...BASE.slice(1), ...SIP, ...april),
    30: standing(...BASE.slice(3), ...SIP, ...april),
  };
  const first = publish(log, 10);
  const city = (seq: number): PublishedCell =>
    cellOf(publish(log, seq, [first], '2026-02'), 'city');
  expect(city(20)).toMatchObject({ asOfSeq: 20, base: { asOfSeq: 10 } });
  expect(city(30).base?.asOfSeq).toBe(30);
  expect(city(20).base?.months[0]?.contracts).toBe(6);
});
