import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PatentNumberText, patentCheck, readPatentNumber } from './patent.ts';

test('three real numbers of both eras pass', () => {
  expect(readPatentNumber('97101765.4')).toStrictEqual({
    applicationNumber: '97101765.4',
    granted: false,
    type: 'invention',
    filingYear: 1997,
    viaPct: false,
  });
  expect(readPatentNumber('ZL95115608.X')?.granted).toBe(true);
  expect(readPatentNumber('ZL 2013 1 0699744.2')).toStrictEqual({
    applicationNumber: '201310699744.2',
    granted: true,
    type: 'invention',
    filingYear: 2013,
    viaPct: false,
  });
});

test('full-width characters and a small x are read as what they mean', () => {
  expect(readPatentNumber('ZL95115608.x')?.applicationNumber).toBe('95115608.X');
});

test('a wrong check character, type, era or length is refused', () => {
  for (const text of [
    '97101765.3',
    '95115608.0',
    `0410176512`,
    `20134069974${patentCheck('20134069974')}`,
    `200410${'0'.repeat(4)}`,
    '',
    'ZL',
  ]) {
    expect(readPatentNumber(text)).toBeUndefined();
  }
  const eight = '04101765';
  expect(readPatentNumber(`${eight}.${patentCheck(eight)}`)).toBeUndefined();
  const twelve = '200210699744';
  expect(readPatentNumber(`${twelve}.${patentCheck(twelve)}`)).toBeUndefined();
});

test('the last short year and the first long year are both 2003', () => {
  const short = '03101765';
  const long = '200310101765';
  expect(readPatentNumber(`${short}.${patentCheck(short)}`)?.filingYear).toBe(2003);
  expect(readPatentNumber(`${long}.${patentCheck(long)}`)?.filingYear).toBe(2003);
});

test('types 8 and 9 came in by PCT', () => {
  const digits = '201580012345';
  expect(readPatentNumber(`${digits}.${patentCheck(digits)}`)).toMatchObject({
    type: 'invention',
    viaPct: true,
  });
});

test('no other digit in the serial of a valid number is accepted', () => {
  fc.assert(
    fc.property(fc.nat({ max: 6 }), fc.integer({ min: 1, max: 9 }), (offset, shift) => {
      const digits = [...'201310699744'];
      const at = 5 + offset;
      digits[at] = String((Number(digits[at]) + shift) % 10);
      expect(readPatentNumber(`${digits.join('')}.2`)).toBeUndefined();
    }),
  );
});

test('the schema names its rule', () => {
  const result = PatentNumberText.safeParse('97101765.5');
  expect(result.error?.issues[0]?.message).toBe('patent-check');
});
