import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import type { ContractView } from '@jishi/contracts/market/contract';
import { useEffect, useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { type Staged, stageOf } from './stage.ts';

const WATCH_MS = 4_000;
/** The ledger's view follows its log; asked at once after a delivery it might know nothing yet. */
const FOLLOWS_WITHIN_MS = 2_000;

/** The registration of a contract that has arrived there, watched; undefined before that. */
export const useRegistration = (
  contract: Staged & Pick<ContractView, 'contractId' | 'submissions'>,
) => {
  const arrived =
    contract.submissions.length > 1 ||
    (contract.submissions.length === 1 && stageOf(contract) === 'delivered');
  const sentMs = Date.parse(contract.submissions[0]?.sentAt ?? '') || 0;
  const [waited, setWaited] = useState(() => Date.now() - sentMs > 60_000);
  useEffect(() => {
    if (!arrived || waited) return undefined;
    const timer = window.setTimeout(() => setWaited(true), FOLLOWS_WITHIN_MS);
    return () => window.clearTimeout(timer);
  }, [arrived, waited]);
  return useRead(
    readRegistration,
    { params: { contractId: contract.contractId } },
    { when: arrived && waited, everyMs: WATCH_MS },
  );
};
