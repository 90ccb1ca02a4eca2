import { createHash } from 'node:crypto';
import { type Id, newId } from '@jishi/contracts/ids';
import { submitContract } from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import * as files from '@jishi/contracts/market/files';
import * as api from '@jishi/contracts/market/paper-contracts';
import type { Role } from '@jishi/contracts/roles';
import { openDatabase } from '@jishi/runtime/database';
import { testPeople } from '@jishi/runtime/testing/people';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLedgerDouble } from '../../process/ledger-double.ts';
import { inTenant } from '../../store/accounts/tenant.ts';
import type { TradeTables } from '../../store/trade/tables.ts';
import { openTradeTrial, refusalOf, type Trader, type TradeTrial } from '../trade-trial.ts';
import {
  CONTRACT_HEADINGS,
  contractLine,
  csvFile,
  download,
  importAll,
  rowsOf,
  run,
  uploadFile,
} from './import-trial.ts';

let trial: TradeTrial;
let ledger: Awaited<ReturnType<typeof startLedgerDouble>>;
let seller: Trader;
let stranger: Trader;
beforeAll(async () => {
  const people = testPeople();
  ledger = await startLedgerDouble(people.trustedKeys);
  trial = await openTradeTrial('paper_contracts', { people, ledgerUrl: ledger.url });
  seller = await trial.trader(['listing-officer']);
  stranger = await trial.trader(['listing-officer', 'buyer']);
});
afterAll(async () => {
  await trial.close();
  await ledger.kill();
});

const imported = async (title: string): Promise<Id> => {
  const bytes = csvFile([CONTRACT_HEADINGS, contractLine(title)]);
  const view = await uploadFile(seller, bytes, 'contracts');
  await run(seller, view);
  await importAll(trial);
  const [row] = await rowsOf(seller, view.importId);
  if (!row?.recordId) throw new Error('nothing was imported');
  return row.recordId;
};

const read = (contractId: Id, by = seller) =>
  by.call(api.readPaperContract, { params: { contractId } });

const pdf = (text: string) => new Uint8Array(Buffer.from(`%PDF-1.7\n${text}`));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const add = (contractId: Id, bytes: Uint8Array<ArrayBuffer>, kind: files.FileKind, by = seller) =>
  by.call(files.addContractFile, {
    params: { contractId },
    query: { fileId: newId(), kind, name: '材料.pdf' },
    bytes,
  });
const remove = (contractId: Id, fileId: Id, by = seller) =>
  by.call(files.removeContractFile, { params: { contractId, fileId } });
const papers = async (role: Role, contractId: Id) =>
  (await trial.officer([role])).call(files.readContractPapers, { params: { contractId } });

const sentOf = async (contractId: Id) => {
  const rows = await trial.admin
    .selectFrom('outbox')
    .select('payload')
    .where('stream', '=', `contract:${contractId}`)
    .orderBy('position')
    .execute();
  return rows.map(({ payload }) => submitContract.body.parse(JSON.parse(payload)).submission);
};

/** Delivered and then returned, as the double says when it is asked. */
const returned = async (contractId: Id, status: RegistrationView['status'] = 'returned') => {
  await trial.admin
    .updateTable('outbox')
    .set({ state: 'delivered' })
    .where('stream', '=', `contract:${contractId}`)
    .execute();
  const [first] = await sentOf(contractId);
  if (!first) throw new Error('nothing was sent');
  ledger.registrations.set(contractId, {
    ...{ contractId, status, version: 2, seq: 9, submittedOn: '2026-11-20', acceptedOn: null },
    ...{ dueOn: null, regime: null, needsSecondReview: false, registrationNumber: null },
    ...{ registeredOn: null, public: first.public, private: first.private },
    ...{ reasons: [{ code: 'missing-attachment', note: '' }], receipts: [], submissions: 1 },
    ...{ clock: null, amendment: 0, changes: [], pendingChange: null },
  });
};

const resubmit = (
  contractId: Id,
  values: Record<string, string> = {},
  { by = seller, commandId = newId(), registrationVersion = 2 } = {},
) =>
  by.call(api.resubmitPaperContract, {
    params: { contractId },
    body: { commandId, registrationVersion, values },
  });

test('an imported contract is listed with where it stands and what is missing', async () => {
  const contractId = await imported('列出的纸质合同');
  const { items } = await seller.call(api.listPaperContracts, { query: { limit: 1 } });
  expect(items).toMatchObject([
    { contractId, title: '列出的纸质合同', you: 'seller', delivery: { state: 'waiting' } },
  ]);
  const view = await read(contractId);
  expect(view).toMatchObject({
    files: [],
    submissions: [{ registrationVersion: 0, fileIds: [] }],
    values: {
      ipKinds: '技术秘密',
      contractValue: '600000.00',
      contractSubType: 'commissioned-development',
      signedOn: '2026-10-12',
    },
  });
  expect(view.missing[0]).toMatchObject({ what: 'file', kind: 'contract-text' });
});

describe('to another organisation', () => {
  test('its rows, files and bytes are not there in the database either', async () => {
    const contractId = await imported('数据库里也看不到');
    const { sha256: hash } = await add(contractId, pdf('bytes of one'), 'ip-proof');
    await returned(contractId);
    await resubmit(contractId);
    const counts = (by: Trader) =>
      inTenant(openDatabase<TradeTables>(trial.serving), { kind: 'person', ...by.person }, (trx) =>
        sql<{ n: number }>`select count(*)::integer n from paper_contract where id = ${contractId}
          union all select count(*)::integer from paper_file where contract_id = ${contractId}
          union all select count(*)::integer from paper_submission
            where contract_id = ${contractId}
          union all select count(*)::integer from file_content where sha256 = ${hash}`
          .execute(trx)
          .then(({ rows }) => rows.map(({ n }) => n)),
      );
    expect(await counts(seller)).toStrictEqual([1, 1, 1, 1]);
    expect(await counts(stranger)).toStrictEqual([0, 0, 0, 0]);
  });

  test('it is not there, for reading, adding, removing and sending', async () => {
    const contractId = await imported('别人看不到的合同');
    const { fileId } = await add(contractId, pdf('own'), 'ip-proof');
    expect(await refusalOf(read(contractId, stranger))).toBe('not-found');
    expect(await refusalOf(add(contractId, pdf('x'), 'other', stranger))).toBe('not-found');
    expect(await refusalOf(remove(contractId, fileId, stranger))).toBe('not-found');
    expect(await refusalOf(resubmit(contractId, {}, { by: stranger }))).toBe('not-found');
    const path = `/contracts/${contractId}/files/${fileId}`;
    expect((await download(trial, path, stranger.token)).status).toBe(404);
    expect((await download(trial, path, seller.token)).bytes.toString()).toContain('own');
    const list = await stranger.call(api.listPaperContracts);
    expect(list.items).toStrictEqual([]);
  });
});

describe('papers added after the import', () => {
  test('are read by the desk, marked as not submitted, and every reading is written down', async () => {
    const contractId = await imported('补充材料的合同');
    const { fileId } = await add(contractId, pdf('proof'), 'ip-proof');
    expect(await papers('registrar', contractId)).toMatchObject({
      ...{ source: 'paper', text: null, signatures: [] },
      files: [{ fileId, kind: 'ip-proof', submitted: false, addedBy: 'seller' }],
    });
    const path = `/contracts/${contractId}/files/${fileId}`;
    const { token } = await trial.officer(['senior-registrar']);
    expect((await download(trial, path, token)).status).toBe(200);
    const other = await trial.officer(['subsidy-officer']);
    expect((await download(trial, path, other.token)).status).toBe(404);
    const rows = await trial.admin
      .selectFrom('audit_entry')
      .select(['act', 'object'])
      .where('object', 'in', [`contract:${contractId}`, `contract-file:${fileId}`])
      .orderBy('id')
      .execute();
    expect(rows).toStrictEqual([
      { act: 'contract-papers.read', object: `contract:${contractId}` },
      { act: 'contract-file.read', object: `contract-file:${fileId}` },
    ]);
  });

  test('may be removed while they were not sent, and their bytes are gone then', async () => {
    const contractId = await imported('误传材料的合同');
    const made = await add(contractId, pdf('by mistake'), 'other');
    expect(await add(contractId, pdf('by mistake'), 'other')).toStrictEqual(made);
    expect((await read(contractId)).files).toHaveLength(1);
    await remove(contractId, made.fileId);
    expect((await read(contractId)).files).toHaveLength(0);
    const left = await trial.admin
      .selectFrom('file_content')
      .select('sha256')
      .where('sha256', '=', made.sha256)
      .execute();
    expect(left).toHaveLength(0);
  });
});

describe('after a return', () => {
  test('corrections and papers go together, and the scan says what the text is', async () => {
    const contractId = await imported('退回后更正的合同');
    const scan = pdf('sealed');
    const { fileId } = await add(contractId, scan, 'contract-text');
    const proof = await add(contractId, pdf('right'), 'ip-proof');
    await returned(contractId);
    const made = await resubmit(contractId, {
      technologyValue: '450000.00',
      planSource: 'national',
      validTo: '2027-10-11',
    });
    expect(made.fileIds).toStrictEqual([fileId, proof.fileId]);
    const [first, second, ...rest] = await sentOf(contractId);
    expect(rest).toStrictEqual([]);
    expect(first?.private.origin).toBe('paper');
    expect(second).toStrictEqual({
      ...first,
      private: {
        ...first?.private,
        technologyValueFen: '45000000',
        contractTextHash: sha256(scan),
        attachments: [
          { kind: 'contract-text', sha256: sha256(scan) },
          { kind: 'ip-proof', sha256: proof.sha256 },
        ],
        form: { ...first?.private.form, planSource: 'national', validTo: '2027-10-11' },
      },
    });
    const view = await read(contractId);
    expect(view.values).toMatchObject({ technologyValue: '450000.00', planSource: 'national' });
    expect(view.files.every(({ submitted }) => submitted)).toBe(true);
    expect(await refusalOf(remove(contractId, fileId))).toBe('contract-state');
  });

  test('it is answered once: pressed twice at once, again, or by a colleague', async () => {
    const contractId = await imported('同时重新提交的合同');
    await returned(contractId);
    const commandId = newId();
    const [a, b] = await Promise.all([
      resubmit(contractId, {}, { commandId }),
      resubmit(contractId, {}, { commandId }),
    ]);
    expect(a).toStrictEqual(b);
    await returned(contractId);
    expect(await refusalOf(resubmit(contractId))).toBe('not-returned');
    expect(await sentOf(contractId)).toHaveLength(2);

    const other = await imported('两人同时重新提交的合同');
    await returned(other);
    const all = await Promise.allSettled([resubmit(other), resubmit(other), resubmit(other)]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await sentOf(other)).toHaveLength(2);
  });

  test('what is wrong is said at its field, and nothing is sent', async () => {
    const contractId = await imported('更正有误的合同');
    const twin = await imported('另一份合同');
    await returned(contractId);
    const fieldsOf = async (values: Record<string, string>): Promise<string[]> => {
      const error: unknown = await resubmit(contractId, values).catch((e: unknown) => e);
      const { problem } = error as { problem: { fields: { field: string }[] } };
      return problem.fields.map(({ field }) => field);
    };
    expect(await fieldsOf({ signedOn: '2026-10-13', technologyValue: '600000.01' })).toStrictEqual([
      'values.effectiveOn',
      'values.technologyValue',
    ]);
    expect(await fieldsOf({ buyerUscc: '91320594780268314T' })).toStrictEqual(['values.buyerUscc']);
    expect(await fieldsOf({ title: (await read(twin)).title })).toStrictEqual(['values.title']);
    expect(await sentOf(contractId)).toHaveLength(1);
    await resubmit(contractId, { technologyValue: '600000.00' });
    expect(await sentOf(contractId)).toHaveLength(2);
  });

  test('what was not returned, in this version, or not delivered, is not sent again', async () => {
    const contractId = await imported('未退回的合同');
    expect(await refusalOf(resubmit(contractId))).toBe('contract-state');
    await returned(contractId, 'accepted');
    expect(await refusalOf(resubmit(contractId))).toBe('not-returned');
    await returned(contractId);
    const stale = resubmit(contractId, {}, { registrationVersion: 3 });
    expect(await refusalOf(stale)).toBe('version-conflict');
    expect(await sentOf(contractId)).toHaveLength(1);
  });
});

test('the rows of an organisation outside the city say so, and none can be imported', async () => {
  const outside = await trial.trader(['listing-officer'], { district: 'outside' });
  const bytes = csvFile([CONTRACT_HEADINGS, contractLine('市外单位的合同')]);
  const view = await uploadFile(outside, bytes, 'contracts');
  expect(view.counts).toMatchObject({ clean: 0, wrong: 1 });
  expect(view.groups).toMatchObject([{ field: 'sellerDistrict', rule: 'registrant-outside' }]);
});
