import { EvidenceGrade, HiddenReason, NoValueReason } from '@jishi/contracts/ledger/index-family';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { flagText, partName, shortReason } from './part-name.ts';
import { zh } from './zh.ts';

test('lines of contributions are called by name, those beside a partition too', () => {
  expect(partName('component', 'S', 'zh', zh)).toBe('规模');
  expect(partName('district', 'district:sip', 'zh', zh)).toBe('工业园区');
  expect(partName('district', 'outside', 'en', en)).toBe('Other');
  expect(partName('field', 'field:nuclear', 'zh', zh)).toBe('核应用');
  expect(partName('industry', 'M', 'zh', zh)).not.toBe('M');
  expect(partName('contract-type', 'contract-type:licence', 'zh', zh)).toBe('技术许可');
  expect(partName('field', '(others)', 'en', en)).toBe('Others (not told apart)');
  expect(partName('contract', '019a0000-0000-7000-8000-0000000000ab', 'zh', zh)).toBe('000000ab');
});

test('each flag that the index sets has words; an unknown one is shown as it is', () => {
  const flags = ['held:S', 'held:C', 'held:X', 'thin:units', 'thin:conversions', 'low-sample'];
  for (const flag of [...flags, 'arithmetic-reference', 'not-linked']) {
    expect(flagText(flag, zh)).toMatch(/[\u4e00-\u9fff]/);
    expect(flagText(flag, en)).not.toBe(flag);
  }
  expect(flagText('held:C', zh)).toBe('转化证据不足，全年固定为 1');
  expect(flagText('new-flag', zh)).toBe('new-flag');
});

test('each reason for a missing value has short words, and each grade has its meaning', () => {
  for (const reason of [...NoValueReason.options, ...HiddenReason.options]) {
    expect(shortReason(reason, zh), reason).not.toBe(reason);
    expect(shortReason(reason, en).length, reason).toBeLessThanOrEqual(15);
  }
  for (const grade of EvidenceGrade.options) expect(zh[`grade.${grade}`]).toContain(grade);
});
