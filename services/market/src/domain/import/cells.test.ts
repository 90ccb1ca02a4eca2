import { describe, expect, test } from 'vitest';
import { amountIn, readAmount } from './amount.ts';
import type { RawCell, Reading } from './cell.ts';
import { readEach } from './code-list.ts';
import {
  contractTypes,
  dealTypes,
  fields,
  readIndustry,
  readNature,
  readRegion,
  readTrl,
  readYesNo,
  subTypesOf,
} from './code-lists.ts';
import { readDay } from './day.ts';
import { readCountry, readRights, readUscc } from './identifiers.ts';

const told = <T>({ value, trouble }: Reading<T>) =>
  trouble ? [trouble.rule, trouble.suggestion] : value;
const text = (value: string): RawCell => ({ kind: 'text', text: value });

describe('an amount', () => {
  test.each([
    ['125000', 12_500_000n],
    ['125000.00', 12_500_000n],
    ['125,000.5', 12_500_050n],
    ['¥ 125000元', 12_500_000n],
    ['0.01', 1n],
    ['0', 0n],
    ['9999999999999999.99', 999_999_999_999_999_999n],
  ])('in yuan: %s', (given, fen) => {
    expect(told(readAmount(given, 'yuan'))).toBe(fen);
  });

  test.each([
    ['12.5万元', 'amount-unit', '125000.00'],
    ['12.5万', 'amount-unit', '125000.00'],
    ['1.2亿元', 'amount-unit', '120000000.00'],
    ['１２５０００', 'full-width', '125000'],
    ['12.345', 'amount-below-fen', null],
    ['-5', 'amount-negative', null],
    ['(500)', 'amount-negative', null],
    ['十万元整', 'amount-form', null],
    ['1,25', 'amount-form', null],
    ['1.2.3', 'amount-form', null],
    ['约50', 'amount-form', null],
    ['10000000000000000', 'amount-form', null],
    ['1e5', 'amount-form', null],
  ])('in yuan, in trouble: %s', (given, rule, suggestion) => {
    expect(told(readAmount(given, 'yuan'))).toStrictEqual([rule, suggestion]);
  });

  test.each([
    ['12.5', 12_500_000n],
    ['12.5万元', 12_500_000n],
    ['12.500001', 12_500_001n],
    ['12.5000001', ['amount-below-fen', null]],
    ['125000元', ['amount-unit', '12.50']],
  ])('in 万元: %s', (given, expected) => {
    expect(told(readAmount(given, 'wan'))).toStrictEqual(expected);
  });

  test('is written back exactly', () => {
    expect(amountIn(12_500_000n, 'yuan')).toBe('125000.00');
    expect(amountIn(1n, 'yuan')).toBe('0.01');
    expect(amountIn(12_500_001n, 'wan')).toBe('12.500001');
    expect(amountIn(0n, 'wan')).toBe('0.00');
  });
});

describe('a day', () => {
  test.each([
    ['2026-03-05', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026-3-5 00:00:00', '2026-03-05'],
    ['2026年3月5日', ['date-as-text', '2026-03-05']],
    ['2026.3.5', ['date-as-text', '2026-03-05']],
    ['20260305', ['date-as-text', '2026-03-05']],
    ['46086', ['date-as-number', '2026-03-05']],
    ['２０２６-03-05', ['full-width', '2026-03-05']],
    ['5/3/2026', ['date-ambiguous', null]],
    ['2026年3月', ['date-no-day', null]],
    ['2026-02-29', ['date-not-real', null]],
    ['2024-02-29', '2024-02-29'],
    ['20261301', ['date-not-real', null]],
    ['三月五日', ['date-form', null]],
    ['12', ['date-form', null]],
  ])('%s', (given, expected) => {
    expect(told(readDay(text(given)))).toStrictEqual(expected);
  });
});

describe('codes', () => {
  test.each([
    ['electronics', 'electronics'],
    ['电子信息', 'electronics'],
    ['生物医药', 'biomedicine'],
    ['生物、医药和医疗器械', 'biomedicine'],
    ['新能源', 'energy'],
    ['电子', ['code-unknown', '电子信息']],
    ['新', ['code-unknown', null]],
    ['量子', ['code-unknown', null]],
  ])('a field: %s', (given, expected) => {
    expect(told(fields.read(given))).toStrictEqual(expected);
  });

  test.each([
    ['320571', 'sip'],
    ['320576', 'sip'],
    ['320594', 'sip'],
    ['320584', 'wujiang'],
    ['310115', 'outside'],
    ['320500', ['code-unknown', null]],
    ['苏州市吴中区', 'wuzhong'],
    ['虎丘区', 'huqiu'],
    ['工业园区', 'sip'],
    ['市外', 'outside'],
    ['境外', 'abroad'],
    ['张家港保税区', ['code-unknown', '张家港市']],
    ['南京', ['code-unknown', null]],
  ])('a district: %s', (given, expected) => {
    expect(told(readRegion(given))).toStrictEqual(expected);
  });

  test.each([
    ['C', 'C'],
    ['制造业', 'C'],
    ['13', 'C'],
    ['C43', 'C'],
    ['44', 'D'],
    ['83', 'P'],
    ['84', 'Q'],
    ['97', 'T'],
    ['98', ['code-unknown', null]],
    ['D43', ['code-unknown', null]],
    ['00', ['code-unknown', null]],
    ['软件', ['code-unknown', '信息传输、软件和信息技术服务业']],
  ])('an industry: %s', (given, expected) => {
    expect(told(readIndustry(given))).toStrictEqual(expected);
  });

  test.each([
    ['6', 6],
    ['TRL 6', 6],
    ['9级', 9],
    ['0', ['trl', null]],
    ['10', ['trl', null]],
    ['中试', ['trl', '6']],
    ['已产业化', ['trl', '9']],
    ['好', ['trl', null]],
  ])('a readiness level: %s', (given, expected) => {
    expect(told(readTrl(given))).toStrictEqual(expected);
  });

  test('several in one cell, with a suggestion for the whole cell', () => {
    expect(told(readEach(dealTypes, '许可;合作开发、许可'))).toStrictEqual([
      'licence',
      'joint-development',
    ]);
    expect(told(readEach(dealTypes, '许可;投资'))).toStrictEqual(['code-unknown', null]);
    expect(told(readEach(dealTypes, '许可;作价'))).toStrictEqual(['code-unknown', '许可;作价入股']);
  });

  test('types, sub-types, natures, yes and no, countries', () => {
    expect(told(contractTypes.read('技术开发'))).toBe('development');
    expect(told(subTypesOf('development').read('委托开发合同'))).toBe('commissioned-development');
    expect(told(subTypesOf('licence').read('专利权转让'))).toStrictEqual(['code-unknown', null]);
    expect(told(readNature('有限责任公司'))).toBe('150');
    expect(told(readNature('0221'))).toBe('0221');
    expect(told(readYesNo('是'))).toBe(true);
    expect(told(readYesNo('不确定'))).toStrictEqual(['yes-no', null]);
    expect(told(readCountry('德国'))).toStrictEqual({ code: '304', iso: 'DE' });
    expect(told(readCountry('142'))).toStrictEqual({ code: '142', iso: 'CN' });
    expect(told(readCountry('火星'))).toStrictEqual(['country-unknown', null]);
  });
});

describe('a credit code', () => {
  test.each([
    ['91320594780268314T', '91320594780268314T'],
    ['91320594-780268314t', '91320594780268314T'],
    ['9132O594780268314T', ['uscc-misread', '91320594780268314T']],
    ['91320594780268314U', ['uscc-check', null]],
    ['9132059478026831', ['uscc-length', null]],
    ['９1320594780268314T', ['full-width', '91320594780268314T']],
  ])('%s', (given, expected) => {
    expect(told(readUscc(given))).toStrictEqual(expected);
  });
});

describe('rights in one cell', () => {
  test.each([
    [
      '发明专利 ZL201310699744.2;技术秘密',
      [
        { kind: 'invention', number: 'ZL201310699744.2' },
        { kind: 'technical-secret', number: null },
      ],
    ],
    ['201310699744.2', [{ kind: 'application', number: '201310699744.2' }]],
    ['软件著作权 2021SR0123456', [{ kind: 'software-copyright', number: '2021SR0123456' }]],
    ['无', []],
    ['ZL201310699744.3', ['patent-check', null]],
    ['很多专利', ['right-form', null]],
  ])('%s', (given, expected) => {
    expect(told(readRights(given))).toStrictEqual(expected);
  });
});
