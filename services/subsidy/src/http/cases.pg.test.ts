import { newId } from '@jishi/contracts/ids';
import {
  approveCase,
  decideCase,
  listCases,
  listSchemes,
  readCase,
} from '@jishi/contracts/subsidy/endpoints';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registeredItem, testContract, verifiedItem } from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { act, refusalOf } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_cases');
});
afterAll(() => desk.close());

const registrar = newId();
const verifier = newId();

/** A contract registered and paid for; answers the case of each role. */
const pay = async (
  contract = testContract(),
  amountFen = '200000000',
  verifiedOn = '2026-06-30',
) => {
  await desk.feed((seq) => [
    registeredItem(seq, contract, registrar),
    verifiedItem(seq + 1, contract, amountFen, verifier, verifiedOn),
  ]);
  const { items } = await desk.as(desk.auditor())(listCases, {
    query: { contractId: contract.contractId },
  });
  const caseOf = (role: string) => {
    const found = items.find((item) => item.role === role);
    if (!found) throw new Error(`no case for ${role}`);
    return found;
  };
  return { contract, items, caseOf };
};

describe('a verified receipt', () => {
  test('opens a case for seller, buyer and broker, and is decided with each rate', async () => {
    const { items } = await pay();
    expect(items.map((item) => [item.role, item.status, item.baseFen])).toStrictEqual([
      ['seller', 'open', '200000000'],
      ['buyer', 'open', '200000000'],
      ['broker', 'open', '200000000'],
    ]);
    const awards = [];
    for (const item of items) {
      const view = await desk.as(desk.officer())(decideCase, act(item));
      awards.push([view.role, view.status, view.awardFen, view.includesAssumption]);
    }
    expect(awards).toStrictEqual([
      ['seller', 'decided', '4000000', true],
      ['buyer', 'decided', '10000000', true],
      ['broker', 'decided', '4000000', true],
    ]);
  });

  test('joins the open case; after the decision it opens a supplementary one', async () => {
    const { contract, caseOf } = await pay();
    await desk.feed((seq) => [verifiedItem(seq, contract, '1000', verifier)]);
    const joined = await desk.as(desk.auditor())(readCase, {
      params: { caseId: caseOf('buyer').caseId },
    });
    expect(joined).toMatchObject({ baseFen: '200001000', version: 2, supplement: 1 });
    expect(await refusalOf(desk.as(desk.officer())(decideCase, act(caseOf('buyer'))))).toBe(
      'version-conflict',
    );
    await desk.as(desk.officer())(decideCase, act(joined));
    await desk.feed((seq) => [verifiedItem(seq, contract, '2000', verifier)]);
    const { items } = await desk.as(desk.auditor())(listCases, {
      query: { contractId: contract.contractId, role: 'buyer' },
    });
    expect(items.map((item) => [item.supplement, item.baseFen, item.status])).toStrictEqual([
      [1, '200001000', 'decided'],
      [2, '2000', 'open'],
    ]);
  });

  test('of a related-party contract ends in an answer, not in an error', async () => {
    const { caseOf } = await pay(testContract({ public: { relatedParty: true } }));
    const decided = await desk.as(desk.officer())(decideCase, act(caseOf('seller')));
    expect(decided.decision?.content).toMatchObject({
      outcome: 'not-eligible',
      decidedBy: 'rule-related',
      awardFen: '0',
    });
    const approved = await desk.as(desk.officer())(approveCase, {
      params: { caseId: decided.caseId },
      body: {
        commandId: newId(),
        version: decided.version,
        contentHash: decided.decision?.contentHash ?? '',
      },
    });
    expect(approved.status).toBe('refused');
  });
});

describe('a case', () => {
  test('is seen by officers and by its own party, and by another tenant like a missing one', async () => {
    const { contract, caseOf } = await pay();
    const { caseId } = caseOf('seller');
    const read = (person: Parameters<TestDesk['as']>[0]) =>
      refusalOf(desk.as(person)(readCase, { params: { caseId } }));
    expect(await read(desk.memberOf(contract.seller.partyId))).toBe('allowed');
    expect(await read(desk.memberOf(contract.buyer.partyId))).toBe('not-found');
    expect(await read(desk.memberOf(newId()))).toBe('not-found');
    expect(await read(desk.people.person(['administrator']))).toBe('not-found');
    const text = async (id: string) => {
      const token = await desk.people.tokenFor(desk.memberOf(contract.buyer.partyId), 'subsidy');
      const headers = { authorization: `Bearer ${token}`, 'x-request-id': 'same-request' };
      return (await desk.app.request(`/api/subsidy/cases/${id}`, { headers })).text();
    };
    expect(await text(caseId)).toBe(await text(newId()));
    const own = await desk.as(desk.memberOf(contract.buyer.partyId))(listCases);
    expect(own.items.map((item) => item.caseId)).toStrictEqual([caseOf('buyer').caseId]);
  });

  test('tells a party what was done, and not by whom', async () => {
    const { contract, caseOf } = await pay();
    const officer = desk.officer();
    await desk.as(officer)(decideCase, act(caseOf('seller')));
    const stepsFor = async (person: Parameters<TestDesk['as']>[0]) =>
      (await desk.as(person)(readCase, { params: { caseId: caseOf('seller').caseId } })).steps.map(
        (step) => [step.act, step.userId],
      );
    expect(await stepsFor(desk.memberOf(contract.seller.partyId))).toStrictEqual([
      ['opened', null],
      ['decided', null],
    ]);
    expect(await stepsFor(desk.auditor())).toStrictEqual([
      ['opened', null],
      ['decided', officer.userId],
    ]);
  });

  test('row-level security hides it from a connection that names another party, or none', async () => {
    const { contract, caseOf } = await pay();
    const role = `t_reader_${newId().slice(-8)}`;
    await sql.raw(`create role ${role}`).execute(desk.db);
    await sql.raw(`grant select on subsidy_case, participant to ${role}`).execute(desk.db);
    const seen = (settings: string) =>
      desk.db.transaction().execute(async (trx) => {
        await sql.raw(`set local role ${role}; ${settings}`).execute(trx);
        const rows = await trx
          .selectFrom('subsidy_case')
          .select('case_id')
          .where('contract_id', '=', contract.contractId)
          .execute();
        return rows.map((row) => row.case_id);
      });
    expect(await seen('select 1')).toStrictEqual([]);
    expect(await seen(`set local jishi.party = '${contract.seller.partyId}'`)).toStrictEqual([
      caseOf('seller').caseId,
    ]);
    expect(await seen(`set local jishi.party = '${newId()}'`)).toStrictEqual([]);
    expect(await seen("set local jishi.desk = 'on'")).toHaveLength(3);
    await sql.raw(`drop owned by ${role}; drop role ${role}`).execute(desk.db);
  });

  test('a read may wait for a sequence, and gives up after two seconds', async () => {
    await pay();
    const { rows } = await sql<{ seq: number }>`select seq from feed_cursor`.execute(desk.db);
    const seq = rows[0]?.seq ?? 0;
    const list = (atLeast: number) =>
      refusalOf(desk.as(desk.auditor())(listCases, { query: { atLeast } }));
    expect(await list(seq)).toBe('allowed');
    expect(await list(seq + 1)).toBe('not-caught-up');
  });

  test('pages go on after the last id without repeating a case', async () => {
    await pay();
    const all = await desk.as(desk.auditor())(listCases, { query: { limit: 200 } });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await desk.as(desk.auditor())(listCases, {
        query: { limit: 2, ...(after ? { after } : {}) },
      });
      ids.push(...page.items.map((item) => item.caseId));
      after = page.next ?? undefined;
    } while (after);
    expect(ids).toStrictEqual(all.items.map((item) => item.caseId));
  });
});

test('schemes are public, each value with its source and how well it is known', async () => {
  const { items } = await desk.as(undefined)(listSchemes);
  const ceiling = items[0]?.parameters.find((parameter) => parameter.key === 'ceiling');
  expect(ceiling).toMatchObject({ unit: 'CNY', values: [{ value: 500_000, status: 'OFFICIAL' }] });
  const statuses = items.flatMap((s) => s.parameters.flatMap((p) => p.values.map((v) => v.status)));
  expect([...new Set(statuses)].sort()).toStrictEqual(['ASSUMPTION', 'DRAFT', 'OFFICIAL']);
});
