import { ErasureReason, type KeptPart } from '@jishi/contracts/ledger/erasure';
import { refuseField } from '@jishi/contracts/problem';
import { isSameContent, type LedgerEvent } from '../ledger-event.ts';
import type { By } from './commands.ts';
import { type PrivatePartOf, redact } from './redaction.ts';
import type { Pending } from './registration.ts';

/** Parts that hold words, as they are to be from now on; those without words are left alone. */
export const keptOf = (parts: readonly PrivatePartOf[]): KeptPart[] =>
  parts.flatMap(({ seq, type, actor, facts }) => {
    if (facts === null) return [];
    const kept = redact(type, facts);
    return isSameContent(kept, facts) ? [] : [{ seq, actor, facts: kept }];
  });

type Reasons = Pending['reasons'];

const reasonOf = (reasons: Reasons): ErasureReason | null => {
  const [first, ...more] = reasons;
  const parsed = ErasureReason.safeParse(first?.code);
  return parsed.success && more.length === 0 ? parsed.data : null;
};

/** The reason will stand in the public part: one code of the closed list. */
export const requireErasureReason = (reasons: Reasons): void => {
  if (reasonOf(reasons)) return;
  throw refuseField(
    ...(['invalid-input', 'reasons', 'erasure-reason'] as const),
    ...(['删除须有且只有一条目录内的理由', 'An erasure has one reason of its list'] as const),
  );
};

interface OfContract {
  readonly contractId: string;
  readonly changeId: string;
  readonly registrationNumber: string;
}

/** The proposal is among the parts as well: its sentence may name whom it is about. */
export const erased = (
  of: OfContract,
  by: By,
  reasons: Reasons,
  parts: readonly PrivatePartOf[],
): LedgerEvent<'PrivatePartErased'> => {
  const reason = reasonOf(reasons);
  if (!reason) throw new Error('an erasure without its reason');
  const kept = keptOf(parts);
  const sequences = kept.map(({ seq }) => seq);
  return {
    type: 'PrivatePartErased',
    data: { public: { ...of, erasedOn: by.today, reason, sequences }, private: { kept } },
    metadata: { actor: by.actor },
  };
};
