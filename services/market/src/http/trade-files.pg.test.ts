import { createHash } from 'node:crypto';
import { type Id, newId } from '@jishi/contracts/ids';
import * as files from '@jishi/contracts/market/files';
import * as trade from '@jishi/contracts/market/trade';
import type { Role } from '@jishi/contracts/roles';
import { openDatabase } from '@jishi/runtime/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTenant } from '../store/accounts/tenant.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { readyContract, signed } from './trade-story.ts';
import { openTradeTrial, refusalOf, type Trader, type TradeTrial } from './trade-trial.ts';

let trial: TradeTrial;
let seller: Trader;
let buyer: Trader;
let stranger: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
beforeAll(async () => {
  trial = await openTradeTrial('trade_files');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  stranger = await trial.trader(['listing-officer', 'buyer', 'broker']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

const pdf = (text: string) => new Uint8Array(Buffer.from(`%PDF-1.7\n${text}`));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const add = (
  by: Trader,
  contractId: Id,
  bytes: Uint8Array<ArrayBuffer>,
  query: { kind?: files.FileKind; name?: string; fileId?: Id } = {},
) =>
  by.call(files.addContractFile, {
    params: { contractId },
    query: { fileId: newId(), kind: 'ip-proof', name: '专利证书.pdf', ...query },
    bytes,
  });

const download = (token: string, contractId: Id, fileId: Id) =>
  trial.app.request(`/api/market/contracts/${contractId}/files/${fileId}`, {
    headers: { authorization: `Bearer ${token}` },
  });

const papers = async (role: Role, contractId: Id) => {
  const officer = await trial.officer([role]);
  return officer.call(files.readContractPapers, { params: { contractId } });
};

const audited = async (act: string): Promise<string[]> => {
  const rows = await trial.admin
    .selectFrom('audit_entry')
    .select('object')
    .where('act', '=', act)
    .orderBy('id')
    .execute();
  return rows.map(({ object }) => object);
};

describe('a file of a contract', () => {
  test('is what was brought, byte for byte, as an attachment that no browser opens', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const bytes = pdf('\0\u00ff<script>');
    const made = await add(seller, contractId, bytes, { name: '../专利 证书.PDF' });
    expect(made).toMatchObject({
      ...{ kind: 'ip-proof', name: '专利 证书.pdf', mediaType: 'application/pdf' },
      ...{ size: bytes.length, sha256: sha256(bytes), addedBy: 'seller', submitted: false },
    });
    const answer = await download(buyer.token, contractId, made.fileId);
    expect(new Uint8Array(await answer.arrayBuffer())).toStrictEqual(bytes);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; .*%E4%B8%93/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    const seen = await buyer.call(trade.readContract, { params: { contractId } });
    expect(seen.files).toStrictEqual([made]);
    expect(seen.missing.some((m) => m.what === 'file' && m.kind === 'ip-proof')).toBe(false);
  });

  test('of a stranger answers like a missing one, for reading, adding and removing', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const { fileId } = await add(seller, contractId, pdf('own'));
    const params = { contractId, fileId };
    const foreign = await download(stranger.token, contractId, fileId);
    const missing = await download(seller.token, contractId, newId());
    const body = async (answer: Response) => ({
      ...((await answer.json()) as object),
      requestId: '',
    });
    expect([foreign.status, missing.status]).toStrictEqual([404, 404]);
    expect(await body(foreign)).toStrictEqual(await body(missing));
    expect(await refusalOf(add(stranger, contractId, pdf('x')))).toBe('not-found');
    const remove = (by: Trader) => refusalOf(by.call(files.removeContractFile, { params }));
    expect(await remove(stranger)).toBe('not-found');
    expect(await remove(buyer)).toBe('not-found');
  });

  test('that an officer asks for before both have signed is not there either', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const { fileId } = await add(seller, contractId, pdf('unsigned'));
    const registrar = await trial.officer(['registrar']);
    expect((await download(registrar.token, contractId, fileId)).status).toBe(404);
    const nothing = { source: 'elsewhere', text: null, signedOn: null, signatures: [], files: [] };
    expect(await papers('registrar', contractId)).toMatchObject(nothing);
    expect(await papers('registrar', newId())).toMatchObject(nothing);
  });

  test('of a signed contract is read by the desk and the auditor, and that is written down', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const { fileId } = await add(seller, contractId, pdf('signed'));
    await signed(seller, contractId);
    await signed(buyer, contractId);
    for (const role of ['registrar', 'senior-registrar', 'auditor'] as const) {
      const { token } = await trial.officer([role]);
      expect((await download(token, contractId, fileId)).status).toBe(200);
      expect(await papers(role, contractId)).toMatchObject({
        files: [{ fileId, submitted: true }],
        signatures: [{ side: 'seller' }, { side: 'buyer' }],
      });
    }
    for (const role of ['subsidy-officer', 'finance-officer', 'exchange-operator'] as const) {
      const { token } = await trial.officer([role]);
      expect((await download(token, contractId, fileId)).status).toBe(404);
    }
    await download(buyer.token, contractId, fileId);
    expect(await audited('contract-file.read')).toStrictEqual(
      Array(3).fill(`contract-file:${fileId}`),
    );
    expect(await audited('contract-papers.read')).toHaveLength(3);
  });

  test('may have ten mebibytes and not one byte more', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const largest = new Uint8Array(files.FILE_BYTES_MAX);
    largest.set(pdf(''));
    expect((await add(seller, contractId, largest)).size).toBe(10 * 1024 * 1024);
    const over = new Uint8Array(files.FILE_BYTES_MAX + 1);
    over.set(pdf(''));
    expect(await refusalOf(add(seller, contractId, over))).toBe('too-large');
  });

  test('is judged by its content, and has a name', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const html = new Uint8Array(Buffer.from('<html>not a PDF</html>'));
    const bring = (bytes: Uint8Array<ArrayBuffer>, name: string) =>
      refusalOf(add(seller, contractId, bytes, { name }));
    expect(await bring(html, 'a.pdf')).toBe('media-type-unsupported');
    expect(await bring(new Uint8Array(), 'a.pdf')).toBe('media-type-unsupported');
    expect(await bring(pdf('x'), '.pdf')).toBe('invalid-input');
    expect(await bring(pdf('x'), 'a\u0000.pdf')).toBe('invalid-input');
  });
});

describe('the same file again', () => {
  test('is kept once, also when it is brought twice at the same moment', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const bytes = pdf('twice');
    const made = await Promise.all([add(seller, contractId, bytes), add(buyer, contractId, bytes)]);
    expect(made[0]?.fileId).toBe(made[1]?.fileId);
    const other = await add(seller, contractId, bytes, { kind: 'other' });
    expect(other.fileId).not.toBe(made[0]?.fileId);
    const kept = trial.admin.selectFrom('file_content').select('sha256');
    expect(await kept.where('sha256', '=', sha256(bytes)).execute()).toHaveLength(1);
  });

  test('in another contract is nothing that this one gives away, and outlives its removal', async () => {
    const first = await readyContract(seller, buyer, reviewer);
    const theirs = await readyContract(stranger, await trial.trader(['buyer']), reviewer);
    const bytes = pdf('shared by chance');
    const own = await add(seller, first.contractId, bytes);
    const other = await add(stranger, theirs.contractId, bytes);
    await seller.call(files.removeContractFile, {
      params: { contractId: first.contractId, fileId: own.fileId },
    });
    expect((await download(stranger.token, theirs.contractId, other.fileId)).status).toBe(200);
    await stranger.call(files.removeContractFile, {
      params: { contractId: theirs.contractId, fileId: other.fileId },
    });
    const kept = trial.admin.selectFrom('file_content').select('sha256');
    expect(await kept.where('sha256', '=', sha256(bytes)).execute()).toStrictEqual([]);
  });

  test('an id that is taken by another file is refused', async () => {
    const { contractId } = await readyContract(seller, buyer, reviewer);
    const { fileId } = await add(seller, contractId, pdf('one'));
    expect(await refusalOf(add(seller, contractId, pdf('two'), { fileId }))).toBe('id-reused');
  });
});

test('what was submitted stays, evidence of money is for signed contracts alone', async () => {
  const { contractId } = await readyContract(seller, buyer, reviewer);
  const evidence = { kind: 'receipt-evidence' } as const;
  expect(await refusalOf(add(seller, contractId, pdf('slip'), evidence))).toBe('contract-state');
  const { fileId } = await add(seller, contractId, pdf('submitted'));
  await signed(seller, contractId);
  await signed(buyer, contractId);
  const params = { contractId, fileId };
  expect(await refusalOf(seller.call(files.removeContractFile, { params }))).toBe('contract-state');
  expect(await add(seller, contractId, pdf('slip'), evidence)).toMatchObject({ submitted: true });
});

test('a contract has room for fifty files', async () => {
  const { contractId } = await readyContract(seller, buyer, reviewer);
  for (let i = 0; i < files.FILES_PER_CONTRACT_MAX; i++) {
    await add(i % 2 ? seller : buyer, contractId, pdf(`file ${i}`));
  }
  expect(await refusalOf(add(seller, contractId, pdf('one more')))).toBe('file-quota-reached');
});

test('the database itself shows no bytes without a contract of one’s own', async () => {
  const { contractId } = await readyContract(seller, buyer, reviewer);
  await add(seller, contractId, pdf('rows'));
  const seen = (by: Trader) =>
    inTenant(openDatabase<TradeTables>(trial.serving), { kind: 'person', ...by.person }, (trx) =>
      trx.selectFrom('file_content').select('sha256').execute(),
    );
  expect((await seen(seller)).length).toBeGreaterThan(0);
  const alone = await trial.trader(['listing-officer']);
  expect(await seen(alone)).toStrictEqual([]);
});
