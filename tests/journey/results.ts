/** What the steps found out: saved with the run, told at its end. */
export interface Moved {
  readonly seq: number;
  readonly index: { readonly before: string | null; readonly after: string | null };
  readonly gaugeFen: { readonly before: string; readonly after: string };
}

export interface Decided {
  readonly role: 'seller' | 'buyer' | 'broker';
  readonly caseId: string;
  readonly baseFen: string;
  readonly rateBp: number;
  readonly awardFen: string;
  readonly includesAssumption: boolean;
}

export interface Paid {
  readonly batchId: string;
  readonly totalFen: string;
  readonly fileHash: string;
  readonly status: string;
}
