import type { PendingChange } from '@jishi/contracts/ledger/registration';
import type { Role } from '@jishi/contracts/roles';

export type Duty = 'confirms' | 'own' | 'took-part' | 'for-senior';

/**
 * What a person may do with a proposal: confirm or reject it as a senior registrar who neither
 * proposed it nor took part in what it changes; take back one's own; or wait.
 */
export const dutyOf = (
  pending: Pick<PendingChange, 'mine' | 'mayConfirm'>,
  roles: readonly Role[],
): Duty => {
  if (pending.mine) return 'own';
  if (!roles.includes('senior-registrar')) return 'for-senior';
  return pending.mayConfirm ? 'confirms' : 'took-part';
};
