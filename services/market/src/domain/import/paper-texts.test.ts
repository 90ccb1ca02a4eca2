import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { describe, expect, test } from 'vitest';
import { CONTRACT_FIELDS } from './contract-fields.ts';
import { type PaperContract, readContractRow } from './contract-row.ts';
import { correctable, correctedSubmission, readCorrected } from './paper-texts.ts';

const party = (uscc: string, name: string): PartyRef => {
  const key = { kind: 'domestic', uscc } as const;
  return { partyId: partyIdOf(key), key, name, nature: 'university', district: 'sip' };
};
const owner = party('91320594780268314T', '试验大学');
const context = { today: '2026-11-23', owner };

const CELLS: Readonly<Record<string, string>> = {
  title: '磨削工艺委托开发',
  signedOn: '2026-10-12',
  buyerName: '昆山某公司',
  buyerUscc: '91320594692569651Q',
  buyerDistrict: '320583',
  buyerNature: '有限责任公司',
  contractType: '技术转让合同',
  contractSubType: '专利权转让',
  ipKinds: '发明专利;技术秘密',
  patentNumbers: 'ZL201310699744.2;ZL201310699745.7',
  fieldCode: '先进制造',
  planSource: '计划外',
  industryCode: 'C35',
  socioEconomicGoal: '工商业发展',
  contractValue: '600000.05',
  technologyValue: '480000',
  paymentMethod: '分期支付',
  newInvestment: '1000000',
  newOutput: '0',
  relatedParty: '是',
  subcontract: '否',
  validTo: '2027-10-11',
};

const contractOf = (cells: Readonly<Record<string, string>>): PaperContract => {
  const row = { number: 1, cells: [] };
  const source = { row, fixes: cells, columns: [], specs: CONTRACT_FIELDS, addressOf: () => '' };
  const { value, problems } = readContractRow(source, context);
  if (!value) throw new Error(JSON.stringify(problems));
  return value;
};

const ABROAD = {
  ...CELLS,
  sellerCountry: '304',
  sellerName: 'Muster GmbH',
  sellerNature: '300',
  buyerUscc: '91320594780268314T',
  buyerName: '试验大学',
  buyerDistrict: '320594',
};
const HASH = 'ab'.repeat(32);

describe('a contract written as cells', () => {
  test.each([
    ['of a seller here', CELLS],
    ['with a stated hash', { ...CELLS, textSha256: HASH }],
    ['of an import', ABROAD],
    ['to a buyer abroad', { ...CELLS, buyerUscc: '', buyerCountry: '304', buyerDistrict: '境外' }],
    ['to a buyer elsewhere', { ...CELLS, buyerDistrict: '市外' }],
  ])('%s reads as the same contract again', (_, cells) => {
    const contract = contractOf(cells);
    expect(readCorrected(contract, {}, context).value).toStrictEqual(contract);
  });
});

test('seller and buyer cannot be corrected: a foreign party not even in its name', () => {
  const keys = (cells: typeof CELLS) =>
    correctable(contractOf(cells))
      .map(({ key }) => key)
      .filter((key) => /^(seller|buyer|reg|text)/.test(key));
  expect(keys(CELLS)).toStrictEqual(['sellerNature', 'buyerName', 'buyerDistrict', 'buyerNature']);
  expect(keys(ABROAD)).toStrictEqual(['sellerNature', 'buyerNature']);
});

test('the last scan says what the text is, else the stated hash, else the facts', () => {
  const stated = contractOf({ ...CELLS, textSha256: HASH });
  const ask = (contract: PaperContract, files: { kind: string; sha256: string }[]) => {
    const { private: hidden } = correctedSubmission('id', contract, files, () => 'facts');
    return [hidden.contractTextHash, hidden.attachments.map(({ sha256 }) => sha256)];
  };
  const proof = { kind: 'ip-proof', sha256: 'p' };
  const slip = { kind: 'receipt-evidence', sha256: 'r' };
  const scan = (sha256: string) => ({ kind: 'contract-text', sha256 });
  expect(ask(contractOf(CELLS), [slip])).toStrictEqual(['facts', []]);
  expect(ask(stated, [proof])).toStrictEqual([HASH, [HASH, 'p']]);
  expect(ask(stated, [scan('1'), proof, scan('2')])).toStrictEqual(['2', ['1', 'p', '2']]);
});
