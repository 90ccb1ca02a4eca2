import { newId } from '@jishi/contracts/ids';
import { approveCase, decideCase, listCases, returnCase } from '@jishi/contracts/subsidy/endpoints';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organisation, registeredItem, testContract, verifiedItem } from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { act, refusalOf } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_decide');
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

describe('a command', () => {
  test('asked again does nothing and answers again; with another content it is refused', async () => {
    const { caseOf } = await pay();
    const officer = desk.officer();
    const call = act(caseOf('buyer'));
    const first = await desk.as(officer)(decideCase, call);
    expect(await desk.as(officer)(decideCase, call)).toStrictEqual(first);
    const other = { ...call, body: { ...call.body, version: 7 } };
    expect(await refusalOf(desk.as(officer)(decideCase, other))).toBe('id-reused');
    expect(await refusalOf(desk.as(officer)(decideCase, act(first)))).toBe('case-state');
  });

  test('asked twenty times at once decides once', async () => {
    const { caseOf, contract } = await pay();
    const officer = desk.officer();
    const call = act(caseOf('buyer'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => desk.as(officer)(decideCase, call)),
    );
    expect(new Set(answers.map((answer) => answer.decision?.decisionId)).size).toBe(1);
    const cap = await desk.db
      .selectFrom('cap_usage')
      .select('used_fen')
      .where('party_id', '=', contract.buyer.partyId)
      .executeTakeFirst();
    expect(cap?.used_fen).toBe(10_000_000n);
  });
});

describe('the second officer', () => {
  const decided = async () => {
    const { contract, caseOf } = await pay();
    const officer = desk.officer();
    const view = await desk.as(officer)(decideCase, act(caseOf('buyer')));
    const body = (contentHash = view.decision?.contentHash ?? '') => ({
      params: { caseId: view.caseId },
      body: { commandId: newId(), version: view.version, contentHash },
    });
    return { contract, officer, view, body };
  };

  test('approves the hash that was shown, and no other', async () => {
    const { view, body } = await decided();
    const second = desk.as(desk.officer());
    expect(await refusalOf(second(approveCase, body('0'.repeat(64))))).toBe('content-changed');
    const approved = await second(approveCase, body());
    expect(approved).toMatchObject({ status: 'approved', version: view.version + 1 });
    expect(approved.decision?.payableFrom).toBe('2026-07-01');
  });

  test('sends a decision back: the cap is free again and the case is decided anew', async () => {
    const { contract, view } = await decided();
    const returned = await desk.as(desk.officer())(returnCase, {
      params: { caseId: view.caseId },
      body: { commandId: newId(), version: view.version, reason: '到账凭证待查' },
    });
    expect(returned).toMatchObject({ status: 'open', decision: null, cap: { usedFen: '0' } });
    expect(returned.partyId).toBe(contract.buyer.partyId);
    const again = await desk.as(desk.officer())(decideCase, act(returned));
    expect(again).toMatchObject({ status: 'decided', awardFen: '10000000' });
  });

  test('is not the first one, and not one who handled the contract', async () => {
    const { officer, body } = await decided();
    expect(await refusalOf(desk.as(officer)(approveCase, body()))).toBe('duties-not-separated');
    for (const userId of [registrar, verifier]) {
      const other = { ...desk.officer(), userId };
      expect(await refusalOf(desk.as(other)(approveCase, body()))).toBe('duties-not-separated');
    }
  });

  test('does not belong to a party of the contract', async () => {
    const { contract, body } = await decided();
    for (const party of [contract.seller, contract.buyer, contract.broker]) {
      const interested = { ...desk.officer(), partyId: party?.partyId ?? null };
      const answer = await refusalOf(desk.as(interested)(approveCase, body()));
      expect(answer).toBe('conflict-of-interest');
    }
    const elsewhere = { ...desk.officer(), partyId: organisation('enterprise').partyId };
    expect(await refusalOf(desk.as(elsewhere)(approveCase, body()))).toBe('allowed');
  });
});

describe('the first officer', () => {
  test('did not handle the contract and does not belong to it', async () => {
    const { contract, caseOf } = await pay();
    const call = act(caseOf('seller'));
    const registered = { ...desk.officer(), userId: registrar };
    const interested = { ...desk.officer(), partyId: contract.broker?.partyId ?? null };
    expect(await refusalOf(desk.as(registered)(decideCase, call))).toBe('duties-not-separated');
    expect(await refusalOf(desk.as(interested)(decideCase, call))).toBe('conflict-of-interest');
    expect(await refusalOf(desk.as(desk.officer())(decideCase, call))).toBe('allowed');
  });

  test('is refused by the database as well when SQL bypasses the service', async () => {
    const { caseOf } = await pay();
    const view = await desk.as(desk.officer())(decideCase, act(caseOf('seller')));
    const decisionId = view.decision?.decisionId ?? '';
    const setApprover = (userId: unknown) =>
      sql`update decision set approved_by = ${userId} where decision_id = ${decisionId}`.execute(
        desk.db,
      );
    const decider = sql`(select decided_by from decision where decision_id = ${decisionId})`;
    await expect(setApprover(decider)).rejects.toThrow(/approver_is_not_decider/);
    await expect(setApprover(registrar)).rejects.toThrow(/duties not separated/);
    await expect(setApprover(newId())).resolves.toBeDefined();
    await expect(sql`delete from audit`.execute(desk.db)).rejects.toThrow(/append-only/);
  });
});
