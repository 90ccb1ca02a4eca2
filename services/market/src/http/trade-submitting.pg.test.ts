import { type Id, newId } from '@jishi/contracts/ids';
import { submitContract } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { ContractView } from '@jishi/contracts/market/contract';
import { addContractFile } from '@jishi/contracts/market/files';
import * as papers from '@jishi/contracts/market/registration-papers';
import * as trade from '@jishi/contracts/market/trade';
import { testPeople } from '@jishi/runtime/testing/people';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLedgerDouble } from '../process/ledger-double.ts';
import { readyContract, signed } from './trade-story.ts';
import {
  commandAt,
  openTradeTrial,
  refusalOf,
  type Trader,
  type TradeTrial,
} from './trade-trial.ts';

let trial: TradeTrial;
let ledger: Awaited<ReturnType<typeof startLedgerDouble>>;
let seller: Trader;
let buyer: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
beforeAll(async () => {
  const people = testPeople();
  ledger = await startLedgerDouble(people.trustedKeys);
  trial = await openTradeTrial('trade_submitting', { people, ledgerUrl: ledger.url });
  seller = await trial.trader(['listing-officer'], { nature: 'university' });
  buyer = await trial.trader(['buyer']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(async () => {
  await trial.close();
  await ledger.kill();
});

const read = (by: Trader, contractId: Id) =>
  by.call(trade.readContract, { params: { contractId } });

const signedContract = async (): Promise<ContractView> => {
  const { contractId } = await readyContract(seller, buyer, reviewer);
  await signed(seller, contractId);
  await signed(buyer, contractId);
  return read(seller, contractId);
};

/** As the delivery would after the ledger took it; the double is asked, never delivered to. */
const delivered = async (contractId: Id): Promise<void> => {
  await trial.admin
    .updateTable('outbox')
    .set({ state: 'delivered' })
    .where('stream', '=', `contract:${contractId}`)
    .execute();
};

const outboxOf = async (contractId: Id) => {
  const rows = await trial.admin
    .selectFrom('outbox')
    .select(['payload', 'actor'])
    .where('stream', '=', `contract:${contractId}`)
    .orderBy('position')
    .execute();
  return rows.map(({ payload }) => submitContract.body.parse(JSON.parse(payload)).submission);
};

const registered = (
  contractId: Id,
  status: RegistrationView['status'],
  version: number,
  submission: Awaited<ReturnType<typeof outboxOf>>[number],
): void => {
  ledger.registrations.set(contractId, {
    ...{ contractId, status, version, seq: 9, submittedOn: '2026-11-20', acceptedOn: null },
    ...{ dueOn: null, regime: null, needsSecondReview: false, registrationNumber: null },
    ...{ registeredOn: null, public: submission.public, private: submission.private },
    ...{ reasons: [{ code: 'missing-attachment', note: '' }], receipts: [], submissions: 1 },
    ...{ clock: null, amendment: 0, changes: [], pendingChange: null },
  });
};

/** A signed contract that the desk has returned, in the given version of its registration. */
const returnedContract = async (version = 2): Promise<Id> => {
  const { contractId } = await signedContract();
  await delivered(contractId);
  const [first] = await outboxOf(contractId);
  if (!first) throw new Error('nothing was sent');
  registered(contractId, 'returned', version, first);
  return contractId;
};

const save = (by: Trader, contractId: Id, version: number, values: papers.FormInput) =>
  by.call(papers.saveForm, {
    params: { contractId },
    body: { ...commandAt(version), values },
  });

const resubmit = (by: Trader, contractId: Id, registrationVersion: number, commandId = newId()) =>
  by.call(papers.resubmitContract, {
    params: { contractId },
    body: { commandId, registrationVersion },
  });

const REST = { planSource: 'none', socioEconomicGoal: '10', buyerNature: '150' } as const;

describe('the registration form', () => {
  test('holds what is known, names what is not, and goes whole with the contract', async () => {
    const { contractId, form, missing, registrant } = await readyContract(seller, buyer, reviewer);
    expect(registrant).toBe('seller');
    expect(form).toMatchObject({
      ...{ version: 0, complete: null, paymentMethod: 'instalments', validTo: '2030-12-31' },
      values: {
        ...{ ipKinds: ['invention'], patentNumbers: ['ZL201310699744.2'] },
        ...{ sellerNature: '022', sellerCountry: '142', fieldCode: 'manufacturing' },
      },
    });
    expect(
      missing.map((m) => (m.what === 'form' ? m.field : m.what === 'file' ? m.kind : m.what)),
    ).toStrictEqual([
      'price-notice',
      ...['planSource', 'socioEconomicGoal', 'buyerNature'],
      ...['ip-proof', 'commitment', 'authorisation'],
    ]);
    const saved = await save(seller, contractId, 0, {
      ...form.values,
      ...REST,
      fieldCode: 'materials',
    });
    expect(saved).toMatchObject({ version: 1, complete: { planSource: 'none' } });
    await signed(seller, contractId);
    await signed(buyer, contractId);
    const [sent] = await outboxOf(contractId);
    const { signedOn } = await read(seller, contractId);
    expect(sent?.public.fieldCode).toBe('materials');
    expect(sent?.private.form).toMatchObject({ validFrom: signedOn, paymentMethod: 'instalments' });
  });

  test('is filled in by the side that registers, over the version that it saw', async () => {
    const { contractId, form } = await readyContract(seller, buyer, reviewer);
    expect(await refusalOf(save(buyer, contractId, 0, form.values))).toBe('role-missing');
    await save(seller, contractId, 0, form.values);
    expect(await refusalOf(save(seller, contractId, 0, form.values))).toBe('version-conflict');
    const both = [
      save(seller, contractId, 1, form.values),
      save(seller, contractId, 1, form.values),
    ];
    const done = await Promise.allSettled(both);
    expect(done.map((d) => d.status).sort()).toStrictEqual(['fulfilled', 'rejected']);
    const none = { ...form.values, ipKinds: ['none' as const, 'secret' as const] };
    expect(await refusalOf(save(seller, contractId, 2, none))).toBe('invalid-input');
  });

  test('does not stand in the way of a signature', async () => {
    const { contractId, form, version, contractTextHash } = await readyContract(
      seller,
      buyer,
      reviewer,
    );
    await save(seller, contractId, 0, { ...form.values, ...REST });
    const body = { ...commandAt(version), contractTextHash: contractTextHash ?? '' };
    const once = await buyer.call(trade.signContract, { params: { contractId }, body });
    expect(once.signatures).toHaveLength(1);
  });
});

describe('a contract that was returned', () => {
  test('goes again with what was added, once for each return', async () => {
    const contractId = await returnedContract(2);
    const { form } = await read(seller, contractId);
    await save(seller, contractId, 0, { ...form.values, ...REST });
    const file = await seller.call(addContractFile, {
      params: { contractId },
      query: { fileId: newId(), kind: 'commitment', name: '承诺书.pdf' },
      bytes: new Uint8Array(Buffer.from('%PDF-1.7')),
    });
    const commandId = newId();
    const sent = await resubmit(seller, contractId, 2, commandId);
    expect(sent).toMatchObject({ registrationVersion: 2, fileIds: [file.fileId] });
    expect(await resubmit(seller, contractId, 2, commandId)).toStrictEqual(sent);
    const [, again, ...more] = await outboxOf(contractId);
    expect(more).toStrictEqual([]);
    expect(again?.private).toMatchObject({
      form: { planSource: 'none' },
      attachments: [{ kind: 'commitment', sha256: file.sha256 }],
    });
    expect(await read(seller, contractId)).toMatchObject({
      delivery: { state: 'waiting' },
      files: [{ submitted: true }],
    });
  });

  test('is sent once by two people at the same moment', async () => {
    const contractId = await returnedContract(2);
    const both = await Promise.allSettled([
      resubmit(seller, contractId, 2),
      resubmit(seller, contractId, 2),
    ]);
    expect(both.map((b) => b.status).sort()).toStrictEqual(['fulfilled', 'rejected']);
    expect(await outboxOf(contractId)).toHaveLength(2);
  });

  test('is not answered twice, not even after it was delivered', async () => {
    const contractId = await returnedContract(2);
    await resubmit(seller, contractId, 2);
    expect(await refusalOf(resubmit(seller, contractId, 2))).toBe('contract-state');
    await delivered(contractId);
    expect(await refusalOf(resubmit(seller, contractId, 2))).toBe('not-returned');
  });

  test('is sent by the side that registers, in the version that it saw', async () => {
    const contractId = await returnedContract(4);
    expect(await refusalOf(resubmit(buyer, contractId, 4))).toBe('role-missing');
    expect(await refusalOf(resubmit(seller, contractId, 3))).toBe('version-conflict');
    expect((await resubmit(seller, contractId, 4)).registrationVersion).toBe(4);
  });

  test('is one: what was accepted, or never arrived, is not sent again', async () => {
    const { contractId } = await signedContract();
    expect(await refusalOf(resubmit(seller, contractId, 1))).toBe('contract-state');
    await delivered(contractId);
    expect(await refusalOf(resubmit(seller, contractId, 1))).toBe('not-returned');
    const [first] = await outboxOf(contractId);
    if (first) registered(contractId, 'accepted', 2, first);
    expect(await refusalOf(resubmit(seller, contractId, 2))).toBe('not-returned');
    const ready = await readyContract(seller, buyer, reviewer);
    expect(await refusalOf(resubmit(seller, ready.contractId, 1))).toBe('contract-state');
  });
});

test('a broker is found by a part of its name, and only one that is a broker', async () => {
  const broker = await trial.trader(['broker']);
  const { name, id } = await trial.admin
    .selectFrom('organisation')
    .select(['name', 'id'])
    .where('party_id', '=', broker.partyId)
    .executeTakeFirstOrThrow();
  const find = async (text: string) =>
    (await seller.call(papers.searchBrokers, { query: { name: text } })).items;
  expect(await find(name)).toStrictEqual([]);
  const user = { id: newId(), name: '林', email: `${newId()}@example.cn`, emailVerified: false };
  const now = trial.clock();
  await trial.admin
    .insertInto('auth_user')
    .values({ ...user, image: null, createdAt: now, updatedAt: now })
    .execute();
  await trial.admin
    .insertInto('membership')
    .values({
      ...{ id: newId(), user_id: user.id, organisation_id: id, status: 'active', manages: true },
      ...{ trading_roles: ['broker'], created_at: now },
    })
    .execute();
  expect(await find(name.slice(2))).toMatchObject([{ partyId: broker.partyId, name }]);
  expect(await find('%%')).toStrictEqual([]);
});
