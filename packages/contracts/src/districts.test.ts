import { expect, test } from 'vitest';
import { DistrictCode } from './codes.ts';
import { codesOfDistrict, DISTRICT_ALIASES, DISTRICTS, districtOfCode } from './districts.ts';

test('the list has each of the ten districts once', () => {
  expect(DISTRICTS.map((d) => d.code)).toStrictEqual([...DistrictCode.options]);
});

test('every alias is six digits and given once', () => {
  const codes = DISTRICT_ALIASES.map((alias) => alias.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^3205\d{2}$/);
});

test('the Industrial Park is 320571 up to the last day of 2022 and 320576 from 2023', () => {
  expect(districtOfCode('320571', '2022-12-31')).toStrictEqual({ district: 'sip', inForce: true });
  expect(districtOfCode('320571', '2023-01-01')).toStrictEqual({ district: 'sip', inForce: false });
  expect(districtOfCode('320576', '2022-12-31')).toStrictEqual({ district: 'sip', inForce: false });
  expect(districtOfCode('320576', '2023-01-01')).toStrictEqual({ district: 'sip', inForce: true });
  expect(codesOfDistrict('sip', '2022-06-30')).toStrictEqual(['320594', '320571']);
  expect(codesOfDistrict('sip', '2026-11-20')).toStrictEqual(['320594', '320576']);
});

test('the High-tech Zone is 虎丘, 320505', () => {
  expect(districtOfCode('320505', '2026-11-20')?.district).toBe('huqiu');
});

test('retired codes still name their district, as historical', () => {
  for (const code of ['320502', '320503', '320504']) {
    expect(districtOfCode(code, '2012-08-31')).toStrictEqual({ district: 'gusu', inForce: true });
    expect(districtOfCode(code, '2012-09-01')).toStrictEqual({ district: 'gusu', inForce: false });
  }
  expect(districtOfCode('320584', '2026-11-20')).toStrictEqual({
    district: 'wujiang',
    inForce: false,
  });
});

test('the city itself and codes elsewhere are no district', () => {
  for (const code of ['320500', '320599', '320402', '110000', '']) {
    expect(districtOfCode(code, '2026-11-20')).toBeUndefined();
  }
});

test('every district has a code in force today', () => {
  for (const { code } of DISTRICTS) {
    expect(codesOfDistrict(code, '2026-11-20').length).toBeGreaterThan(0);
  }
});
