import type { PartyRef } from '@jishi/contracts/party';
import { partyIdOf } from '@jishi/contracts/party';
import { describe, expect, test } from 'vitest';
import type { RawCell } from './cell.ts';
import { checkRow, type RowContext } from './check-row.ts';
import { chooseColumns, findHeadings, headingsAt, missingFields } from './columns.ts';
import { CONTRACT_FIELDS } from './contract-fields.ts';
import { declaredFacts, type PaperContract } from './contract-row.ts';
import { findDuplicates } from './duplicates.ts';
import { LISTING_FIELDS } from './listing-fields.ts';

const OWN_USCC = '91320594780268314T';
const BUYER_USCC = '91320594692569651Q';
const key = { kind: 'domestic', uscc: OWN_USCC } as const;
const owner: PartyRef = {
  partyId: partyIdOf(key),
  key,
  name: '试验大学',
  nature: 'university',
  district: 'sip',
};
const context: RowContext = {
  today: '2026-11-23',
  owner,
  target: 'submitted',
  contact: { name: '林工', email: 'lin@example.cn' },
};

const cell = (text: string): RawCell => ({ kind: 'text', text });
const rowOf = (texts: readonly string[], number = 2) => ({
  number,
  cells: texts.map((text) => (text === '' ? null : cell(text))),
});
const addressOf = (row: number, column: number) => `${String.fromCharCode(64 + column)}${row}`;

const LISTING = {
  成果名称: '钛合金构件低应力磨削工艺',
  解决什么问题: '薄壁件磨削后变形超差,返工多',
  成果简介: '以间歇进给与在线测温控制磨削热,使薄壁件变形减小',
  技术成熟度: '6',
  技术领域: '先进制造',
  国民经济行业: 'C35',
  合作方式: '许可',
};
const CONTRACT = {
  项目名称: '磨削工艺委托开发',
  合同签订日期: '2026-10-12',
  买方名称: '昆山某公司',
  买方统一社会信用代码: BUYER_USCC,
  买方行政区划代码: '320583',
  买方性质: '有限责任公司',
  合同类别: '技术开发合同',
  合同子类: '委托开发',
  知识产权类别: '技术秘密',
  技术领域: '先进制造',
  计划来源: '计划外',
  服务的国民经济行业: '制造业',
  社会经济目标: '工商业发展',
  合同成交金额: '600000',
  技术交易额: '480000',
  支付方式: '分期支付',
  是否关联交易: '否',
};

const check = (
  kind: 'listings' | 'contracts',
  given: Record<string, string>,
  fixes: Record<string, string> = {},
  with_: RowContext = context,
) => {
  const heading = rowOf(Object.keys(given), 1);
  const row = rowOf(Object.values(given));
  const { columns } = findHeadings(kind, [heading, row]);
  return checkRow(kind, { row, fixes, columns, addressOf }, with_);
};
const problemsOf = (...given: Parameters<typeof check>) => {
  const checked = check(...given);
  return checked.state === 'wrong'
    ? checked.problems.map(({ field, rule, address }) => `${field} ${rule} ${address}`)
    : checked.state;
};
const contractOf = (...given: Parameters<typeof check>): PaperContract => {
  const checked = check(...given);
  if (checked.state !== 'clean' || !('public' in checked.value)) throw new Error(checked.state);
  return checked.value;
};

describe('headings', () => {
  test('are found below titles, in any order, with units, marks and other names', () => {
    const rows = [
      rowOf(['2026 年成果汇总表'], 1),
      rowOf(['填报单位:试验大学', '日期'], 2),
      rowOf(['序号', 'TRL', '领域', '名称', '转让价格(万元)', '电话*'], 4),
      rowOf(['1', '6', '电子信息', '某成果', '12', '0512'], 5),
    ];
    const found = findHeadings('listings', rows);
    expect([found.row, found.found]).toStrictEqual([4, true]);
    expect(found.columns.map(({ field, unit }) => [field, unit])).toStrictEqual([
      [null, null],
      ['trl', null],
      ['fieldCode', null],
      ['title', null],
      ['price', 'wan'],
      ['contactPhone', null],
    ]);
    expect(missingFields('listings', found.columns)).toStrictEqual(['industryCode', 'dealTypes']);
  });

  test('in English, by every official name, and each name once', () => {
    for (const [kind, specs] of [
      ['listings', LISTING_FIELDS],
      ['contracts', CONTRACT_FIELDS],
    ] as const) {
      for (const name of ['zh', 'en'] as const) {
        const { columns } = findHeadings(kind, [
          rowOf(
            specs.map((spec) => spec[name]),
            1,
          ),
        ]);
        expect(columns.map(({ field }) => field)).toStrictEqual(specs.map((spec) => spec.key));
      }
    }
  });

  test('that are none are said to be none', () => {
    const rows = [rowOf(['a', 'b', 'c'], 1), rowOf(['名称', '电话', 'x'], 2)];
    expect(findHeadings('listings', rows)).toMatchObject({ row: 1, found: false });
  });

  test('a person may say otherwise, but no field twice', () => {
    const heading = rowOf(['甲', '乙'], 3);
    const headings = headingsAt('listings', [heading], 3);
    const chosen = (a: string | null, b: string | null) => [
      { column: 1, field: a, unit: null },
      { column: 2, field: b, unit: 'wan' as const },
    ];
    expect(chooseColumns('listings', headings, chosen('title', 'price'))).toStrictEqual([
      { column: 1, heading: '甲', field: 'title', unit: null },
      { column: 2, heading: '乙', field: 'price', unit: 'wan' },
    ]);
    expect(() => chooseColumns('listings', headings, chosen('title', 'title'))).toThrow();
    expect(chooseColumns('listings', headings, chosen('nothing', null))[0]?.field).toBeNull();
  });
});

describe('a listing', () => {
  test('is read, with what is left empty filled by what is known', () => {
    expect(check('listings', LISTING)).toMatchObject({
      state: 'clean',
      key: '钛合金构件低应力磨削工艺',
      value: {
        content: { trl: 6, industryCode: 'C', district: 'sip', price: { mode: 'negotiable' } },
        contact: { name: '林工', phone: null, email: 'lin@example.cn' },
      },
    });
  });

  test('every error is told, with its cell', () => {
    const wrong = {
      ...LISTING,
      成果名称: '短',
      技术成熟度: '中试',
      技术领域: '量子',
      合作方式: '',
      实测效果: '能耗降低 18',
    };
    expect(problemsOf('listings', wrong)).toStrictEqual([
      'title text-length A2',
      'gainUnit gain-unit null',
      'trl trl D2',
      'fieldCode code-unknown E2',
      'dealTypes required G2',
    ]);
  });

  test.each([
    ['123456789', 'submitted', ['problemSolved text-length B2']],
    ['1234567890', 'submitted', 'clean'],
    ['', 'draft', 'clean'],
  ] as const)('what is solved: %s, as %s', (problem, target, expected) => {
    const given = { ...LISTING, 解决什么问题: problem };
    expect(problemsOf('listings', given, {}, { ...context, target })).toStrictEqual(expected);
  });

  test('a fix goes before the file', () => {
    const wrong = { ...LISTING, 技术成熟度: '中试' };
    expect(problemsOf('listings', wrong, { trl: '6' })).toBe('clean');
    expect(problemsOf('listings', LISTING, { trl: '' })).toStrictEqual(['trl required D2']);
  });

  test('a formula, an error and a merged cell are asked about, never taken', () => {
    const heading = rowOf(Object.keys(LISTING), 1);
    const { columns } = findHeadings('listings', [heading]);
    const cells = Object.values(LISTING).map(cell);
    const wrong = (kind: RawCell['kind'], text: string) =>
      checkRow(
        'listings',
        {
          row: { number: 2, cells: cells.with(3, { kind, text }) },
          fixes: {},
          columns,
          addressOf,
        },
        context,
      );
    expect(wrong('formula', '6')).toMatchObject({
      problems: [{ rule: 'formula', suggestion: '6' }],
    });
    expect(wrong('formula', '')).toMatchObject({ state: 'wrong' });
    expect(wrong('error', '#N/A')).toMatchObject({
      problems: [{ rule: 'cell-error', suggestion: null }],
    });
    expect(wrong('merged', '5')).toMatchObject({ problems: [{ rule: 'merged', suggestion: '5' }] });
  });

  test('the template’s own example and rows with nothing in them are no rows', () => {
    const title = LISTING_FIELDS[0]?.example ?? '';
    expect(check('listings', { ...LISTING, 成果名称: title }).state).toBe('outside');
    expect(
      check('listings', { 成果名称: '', 技术领域: '', TRL: '', 备注: '合计 3 项' }).state,
    ).toBe('outside');
  });
});

describe('a contract', () => {
  test('is read with its form; the seller is the one who imports', () => {
    const contract = contractOf('contracts', CONTRACT);
    expect(contract.public).toMatchObject({
      sellerDistrict: 'sip',
      buyerDistrict: 'kunshan',
      isImport: false,
      effectiveOn: '2026-10-12',
      publishedValueFen: null,
    });
    expect(contract.private).toMatchObject({
      seller: owner,
      contractValueFen: '60000000',
      technologyValueFen: '48000000',
      attachments: [],
      form: {
        sellerNature: '022',
        buyerNature: '150',
        paymentMethod: 'instalments',
        validFrom: '2026-10-12',
        validTo: null,
      },
    });
    expect(contract.textSha256).toBeNull();
  });

  test('an import: the seller is abroad and the domestic buyer registers', () => {
    const given = {
      ...CONTRACT,
      卖方名称: 'Muster GmbH',
      '卖方国别(地区)代码': '304',
      卖方性质: '300',
      买方统一社会信用代码: OWN_USCC,
      买方行政区划代码: '320594',
    };
    expect(contractOf('contracts', given)).toMatchObject({
      public: { isImport: true, sellerDistrict: 'sip', buyerDistrict: 'sip' },
      private: { buyer: owner, seller: { district: 'abroad', nature: 'foreign' } },
    });
  });

  test.each([
    ['技术交易额', '600000.01', ['technologyValue technology-value O2']],
    ['技术交易额', '600000', 'clean'],
    ['合同签订日期', '2026-11-24', ['signedOn date-in-future B2']],
    ['合同签订日期', '2026-11-23', 'clean'],
    ['买方统一社会信用代码', OWN_USCC, ['buyerUscc same-party D2']],
    ['买方统一社会信用代码', '', ['buyerUscc required D2']],
    ['合同子类', '专利权转让', ['contractSubType code-unknown H2']],
    ['是否关联交易', '', ['relatedParty required Q2']],
  ])('%s is %s', (name, value, expected) => {
    expect(problemsOf('contracts', { ...CONTRACT, [name]: value })).toStrictEqual(expected);
  });

  test.each([
    ['合同登记编号', '2026320500010001', 'registrationNumber already-registered R2'],
    ['卖方统一社会信用代码', BUYER_USCC, 'sellerUscc not-own-contract R2'],
    ['卖方行政区划代码', '320583', 'sellerDistrict not-own-district R2'],
    ['合同生效日期', '2026-10-11', 'effectiveOn period-backwards R2'],
    ['合同有效期止', '2026-10-11', 'validTo period-backwards R2'],
    ['合同文本 SHA-256', 'abc', 'textSha256 hash R2'],
  ])('%s is %s', (name, value, expected) => {
    expect(problemsOf('contracts', { ...CONTRACT, [name]: value })).toStrictEqual([expected]);
  });

  test('the hash of a scan goes with it; without one the declared facts stand for the text', () => {
    const hash = 'A'.repeat(64);
    const contract = contractOf('contracts', { ...CONTRACT, sha256: hash });
    expect(contract.private).toMatchObject({
      contractTextHash: hash.toLowerCase(),
      attachments: [{ kind: 'contract-text', sha256: hash.toLowerCase() }],
    });
    const facts = declaredFacts(contractOf('contracts', CONTRACT));
    expect(facts).toBe(declaredFacts(contractOf('contracts', CONTRACT)));
    const dearer = contractOf('contracts', { ...CONTRACT, 合同成交金额: '600000.01' });
    expect(declaredFacts(dearer)).not.toBe(facts);
  });
});

test('the first of several is no duplicate; what is in the market or a run comes before', () => {
  const row = (number: number, state: 'clean' | 'duplicate' | 'imported', name: string) => ({
    number,
    state,
    key: name,
    hash: `h-${name}-${number}`,
  });
  const rows = [
    row(2, 'clean', 'a'),
    row(3, 'duplicate', 'a'),
    row(4, 'clean', 'b'),
    row(5, 'imported', 'b'),
    row(6, 'clean', 'c'),
    row(7, 'duplicate', 'd'),
    row(8, 'clean', 'e'),
  ];
  const known = {
    keys: new Map([['c', { zh: '已有', en: 'there' }]]),
    hashes: new Set(['h-e-8']),
  };
  const found = findDuplicates(rows, known).map(({ number, duplicate }) => [number, duplicate?.en]);
  expect(found).toStrictEqual([
    [2, undefined],
    [3, 'The same as row 2'],
    [4, 'The same as row 5'],
    [6, 'there'],
    [7, undefined],
    [8, 'The same row was imported before'],
  ]);
});
