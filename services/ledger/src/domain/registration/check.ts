import type { CheckVerdict, SystemCheck } from '@jishi/contracts/ledger/registry';

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
