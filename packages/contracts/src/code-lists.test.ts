import { expect, test } from 'vitest';
import { ContractType, FieldCode, IndustryCode } from './codes.ts';
import { CONTRACT_TYPES, ContractSubType, isSubTypeOf } from './contract-types.ts';
import { FIELDS } from './fields.ts';
import { INDUSTRIES } from './industries.ts';

test('each of the eleven fields is listed once, with both names', () => {
  expect(FIELDS.map((f) => f.code)).toStrictEqual([...FieldCode.options]);
  expect(new Set(FIELDS.map((f) => f.zh)).size).toBe(11);
  expect(new Set(FIELDS.map((f) => f.shortZh)).size).toBe(11);
});

test('each section A to T of GB/T 4754-2017 is listed once', () => {
  expect(INDUSTRIES.map((i) => i.code)).toStrictEqual([...IndustryCode.options]);
  expect(INDUSTRIES.map((i) => i.code).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
});

test('each of the five contract types is listed once and each sub-type under one type', () => {
  expect(CONTRACT_TYPES.map((t) => t.code)).toStrictEqual([...ContractType.options]);
  const subTypes = CONTRACT_TYPES.flatMap((t) => t.subTypes.map((s) => s.code));
  expect(subTypes).toStrictEqual([...ContractSubType.options]);
});

test('a sub-type belongs to its own type only', () => {
  expect(isSubTypeOf('patent-licence', 'licence')).toBe(true);
  expect(isSubTypeOf('patent-licence', 'transfer')).toBe(false);
  expect(isSubTypeOf('equity-contribution', 'transfer')).toBe(true);
  expect(isSubTypeOf('unknown', 'service')).toBe(false);
});
