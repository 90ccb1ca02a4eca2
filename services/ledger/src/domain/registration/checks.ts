import type { SystemCheck } from '@jishi/contracts/ledger/registry';
import type { Checked } from './check.ts';
import { attachmentChecks, formChecks } from './checks-form.ts';
import { duplicateCheck, relationCheck, splitCheck } from './checks-pair.ts';
import { amountCheck, codesCheck, datesCheck, effectiveCheck, usccCheck } from './checks-self.ts';

/**
 * 系统核查: everything that can be said without a person, in a fixed order and number. `unknown`
 * is an answer: nothing that this system has can tell.
 */
export const systemChecks = (checked: Checked): readonly SystemCheck[] => [
  codesCheck(checked),
  usccCheck(checked),
  amountCheck(checked),
  datesCheck(checked),
  effectiveCheck(checked),
  ...formChecks(checked),
  ...attachmentChecks(checked),
  duplicateCheck(checked),
  splitCheck(checked),
  relationCheck(checked),
];

export const countOk = (checks: readonly SystemCheck[]): { ok: number; of: number } => ({
  ok: checks.filter(({ verdict }) => verdict === 'ok').length,
  of: checks.length,
});
