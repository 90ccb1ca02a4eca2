import type { ContractPrivate, ContractPublic } from '@jishi/contracts/ledger/events';
import type { CheckVerdict, SystemCheck } from '@jishi/contracts/ledger/registry';
import type { LocalDate } from '@jishi/contracts/time';
import type { RegistrationRules } from './regimes.ts';
import type { OfPair } from './split.ts';

/** Another contract of the same seller and buyer that counts. */
export interface Neighbour extends OfPair {
  readonly title: string;
}

/** What is checked, and what the log knows beside it. */
export interface Checked {
  readonly contractId: string;
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
  readonly today: LocalDate;
  readonly rules: RegistrationRules;
  readonly neighbours: readonly Neighbour[];
  readonly splitWith: readonly string[];
}

/** What a check looks at; its findings are made with `found`. */
export interface CheckTitle {
  readonly code: string;
  readonly titleZh: string;
  readonly titleEn: string;
}

export const found = (
  title: CheckTitle,
  verdict: CheckVerdict,
  [zh, en]: readonly [string, string],
  at: { readonly field?: string; readonly contractIds?: readonly string[] } = {},
): SystemCheck => ({
  ...{ ...title, verdict, zh, en, field: at.field ?? null },
  contractIds: [...(at.contractIds ?? [])],
});
