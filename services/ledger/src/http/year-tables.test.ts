import type { YearTable } from '@jishi/contracts/ledger/index-endpoints';
import { Refusal } from '@jishi/contracts/problem';
import type { Role } from '@jishi/contracts/roles';
import { silentLog } from '@jishi/runtime/log';
import { createService } from '@jishi/runtime/service';
import { testPeople } from '@jishi/runtime/testing/people';
import { expect, it } from 'vitest';
import given from '../../parameters/index-family-1.0.json' with { type: 'json' };
import type { ContractFact } from '../domain/index/family/facts.ts';
import { readMethod } from '../domain/index/family/method.ts';
import type { MethodFile } from '../domain/index/family/method-file.ts';
import {
  contractOf,
  factsFrom,
  foldAll,
  type Happening,
  registered,
  shortMethod,
} from '../domain/index/family/testing-market.ts';
import type { FamilySource } from './family-source.ts';
import { serveYearTables } from './year-tables.ts';

const MONTHS = ['2025-10', '2025-11', '2025-12'];
const PLACE = { fieldCode: 'electronics', buyerRegion: 'outside' };
/** Nine contracts of three sellers and buyers in a cell: a crowd, whose index has a base. */
const crowd = (district: string, more: Partial<ContractFact> = {}): Happening[] =>
  MONTHS.flatMap((month) =>
    [1, 2, 3].map((n) =>
      registered(
        contractOf(`${district}-${more.fieldCode}-${month}-${n}`, {
          ...{ district, registeredOn: `${month}-0${n}` },
          ...{ sellerId: `${district}-s${n}`, buyerId: `b${n}`, ...PLACE, ...more },
        }),
      ),
    ),
  );
const MATERIALS = { ...PLACE, fieldCode: 'materials' };
/** In a row and column of its own: what protects the lone contract does not reach it. */
const ENERGY = { ...PLACE, fieldCode: 'energy' };
const contractIn = (id: string, registeredOn: string, more: Partial<ContractFact>) =>
  registered(contractOf(id, { registeredOn, ...more }));
const HAPPENINGS = [
  ...[...crowd('gusu'), contractIn('lone', '2025-11-11', { district: 'gusu', ...MATERIALS })],
  ...[...crowd('sip'), ...crowd('sip', MATERIALS)],
  ...crowd('kunshan', { ...ENERGY, technologyValueFen: 150_000_000n }),
];
const LINK_HEAD = HAPPENINGS.length;
/** One more contract of the base year, recorded after its link. */
const late = contractIn('late', '2025-12-30', { district: 'kunshan', ...ENERGY });
const FACTS = factsFrom(1, [...HAPPENINGS, late], '2026-02-01T04:00:00.000Z');

const serve = () => {
  const { file } = shortMethod(given as MethodFile, LINK_HEAD, '3');
  const field = ['electronics', 'energy', 'materials'];
  const method = readMethod({ ...file, partitions: { ...file.partitions, field } });
  const familyAt = (seq: number) =>
    foldAll(
      method,
      FACTS.filter((fact) => fact.seq <= seq),
    );
  const family = familyAt(FACTS.length);
  const source: FamilySource = {
    method,
    latest: () => family,
    recordedAt: () => family.market.recordedAt,
    consumer: () => ({ state: 'following', seq: 0 }) as never,
    changed: async () => {},
    waitFor: async () => {},
    familyAt: async (seq) => {
      if (seq > FACTS.length) throw new Refusal('as-of-beyond-head');
      return familyAt(seq);
    },
    walkTo: async (seq, read) => read(familyAt(seq)),
    facts: () => FACTS,
    touchedSince: (seq) => ({ upTo: seq, cells: null, fromMonth: '0000-01', contractSeqs: [] }),
  };
  const people = testPeople();
  const service = createService({
    name: 'ledger',
    trustedKeys: people.trustedKeys,
    log: silentLog,
  });
  serveYearTables(service, { family: source, clock: () => '2026-02-02T00:00:00.000Z' });
  return async (path: string, roles: readonly Role[] = []) => {
    const token = roles.length && (await people.tokenFor(people.person(roles), 'ledger'));
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    return service.app.request(`/api/ledger/index/tables/${path}`, { headers });
  };
};
const get = serve();
const read = async (path: string, roles?: readonly Role[]): Promise<YearTable> =>
  (await get(path, roles)).json() as Promise<YearTable>;
const cellOf = ({ cells }: YearTable, row: string, column: string) =>
  cells.find((cell) => cell.row === row && cell.column === column);

it('the operator sees every amount as of any sequence, and what the public would not see', async () => {
  const now = await read('district-field?year=2025', ['exchange-operator']);
  expect(now).toMatchObject({ exact: true, closed: true, head: { seq: LINK_HEAD + 1 } });
  expect(cellOf(now, 'gusu', 'materials')).toMatchObject({
    ...{ contracts: 1, technologyValueFen: '100000000', reason: 'no-base', hidden: 'primary' },
  });
  expect(cellOf(now, 'kunshan', 'energy')?.contracts).toBe(10);
  const before = await read(`district-field?year=2025&asOf=${LINK_HEAD}`, ['auditor']);
  expect(cellOf(before, 'kunshan', 'energy')).toMatchObject({
    ...{ contracts: 9, value: '1000.00' },
  });
  expect((await get('district-field?year=2025&asOf=99', ['auditor'])).status).toBe(422);
});

it('the public sees a year once, as of the link head after it, without what is hidden', async () => {
  const table = await read('district-field');
  expect(table).toMatchObject({ year: 2025, exact: false, head: { seq: LINK_HEAD } });
  expect(cellOf(table, 'gusu', 'materials')).toMatchObject({
    ...{ contracts: 1, technologyValueFen: null, value: null, reason: null, hidden: 'primary' },
  });
  // One hidden cell of a row is its sum less the rest: another goes with it, and so its column.
  for (const [row, column] of [
    ['gusu', 'electronics'],
    ['sip', 'materials'],
    ['sip', 'electronics'],
  ] as const) {
    expect(cellOf(table, row, column)).toMatchObject({
      ...{ technologyValueFen: null, value: null, hidden: 'secondary', valueHidden: 'secondary' },
    });
  }
  expect(cellOf(table, 'kunshan', 'energy')).toMatchObject({
    ...{ technologyValueFen: null, value: null, hidden: null, valueHidden: null },
  });
  // Not even the total: beside the gauge it would tell what the index leaves out.
  expect(cellOf(table, '*', '*')?.technologyValueFen).toBeNull();
  const flows = await read('flows?year=2025');
  expect(cellOf(flows, 'gusu', 'outside')).toMatchObject({
    ...{ contracts: 10, technologyValueFen: null, value: null, valueHidden: null },
  });
});

it('to the public a year without its link is not published, and no other head may be asked', async () => {
  const response = await get('flows?year=2026');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    fields: [{ field: 'year', rule: 'not-published' }],
  });
  expect((await get(`flows?year=2025&asOf=${LINK_HEAD}`)).status).toBe(403);
  expect((await get('flows?year=2026', ['buyer'])).status).toBe(404);
  expect((await get('flows?year=2026', ['auditor'])).status).toBe(200);
  expect((await get('towns?year=2025')).status).toBe(400);
});
