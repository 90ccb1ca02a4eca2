import type { RegistrationView } from '@jishi/contracts/ledger/registration';

/** 实际成交额: what arrived by verified receipts, the base of subsidies. */
export const verifiedFen = (of: Pick<RegistrationView, 'receipts'>): bigint =>
  of.receipts
    .filter((receipt) => receipt.status === 'verified')
    .reduce((sum, receipt) => sum + BigInt(receipt.amountFen), 0n);
