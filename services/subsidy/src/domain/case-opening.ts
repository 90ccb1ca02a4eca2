import type { Id } from '@jishi/contracts/ids';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import { type LocalDate, yearOf } from '@jishi/contracts/time';
import type { Policy } from './policy/load.ts';
import { spanStart } from './policy/values.ts';

/** A verified receipt that is to become a line of one case per role. */
export interface VerifiedReceipt {
  readonly receiptId: Id;
  readonly contractId: Id;
  readonly verifiedOn: LocalDate;
}

/** Who takes part in a contract, by role. */
export type ContractRoles = readonly { readonly role: SubsidyRole; readonly partyId: Id }[];

/** What makes two receipts belong to one case: role, year of verification and span of values. */
export interface CaseKey {
  readonly contractId: Id;
  readonly role: SubsidyRole;
  readonly partyId: Id;
  readonly year: number;
  /** First day of the span in which no value changes; null before the scheme began. */
  readonly spanFrom: LocalDate | null;
}

export const keyText = (key: CaseKey): string =>
  [key.contractId, key.role, key.partyId, key.year, key.spanFrom ?? ''].join(' ');

export const caseKeysFor = (
  policy: Policy,
  roles: ContractRoles,
  receipt: VerifiedReceipt,
): readonly CaseKey[] =>
  roles.map(({ role, partyId }) => ({
    contractId: receipt.contractId,
    role,
    partyId,
    year: yearOf(receipt.verifiedOn),
    spanFrom: spanStart(policy, receipt.verifiedOn),
  }));

export interface KnownCase {
  readonly caseId: Id;
  readonly key: CaseKey;
}

export interface Opening {
  readonly opened: readonly KnownCase[];
  readonly lines: readonly { readonly caseId: Id; readonly receiptId: Id }[];
}

/**
 * Puts each receipt into the open case of each of its roles, or opens one for it. `roles` are those
 * in which no case holds the receipt; `open` holds the cases that are still open; a decided case
 * is never touched again: what arrives later opens a supplementary one. A receipt is a line of
 * exactly one case per role (unique in the store).
 */
export const openCases = (
  policy: Policy,
  open: readonly KnownCase[],
  receipts: readonly (VerifiedReceipt & { readonly roles: ContractRoles })[],
  newId: () => Id,
): Opening => {
  const byKey = new Map(open.map((known) => [keyText(known.key), known]));
  const opened: KnownCase[] = [];
  const lines: { caseId: Id; receiptId: Id }[] = [];
  for (const receipt of receipts) {
    for (const key of caseKeysFor(policy, receipt.roles, receipt)) {
      let known = byKey.get(keyText(key));
      if (!known) {
        known = { caseId: newId(), key };
        byKey.set(keyText(key), known);
        opened.push(known);
      }
      lines.push({ caseId: known.caseId, receiptId: receipt.receiptId });
    }
  }
  return { opened, lines };
};
