import {
  acceptRegistration,
  approveRegistration,
  confirmSecondReview,
  refuseRegistration,
  returnRegistration,
} from '@jishi/contracts/ledger/endpoints';
import type { RegistrationView, Written } from '@jishi/contracts/ledger/registration';
import { useMemo } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { wrote } from '../written.ts';
import type { Approval } from './decisions.ts';
import type { GivenReason } from './reason-picker.tsx';

export type Decision = 'approve' | 'return' | 'refuse';

/**
 * The acts on one case as it stands. Ids belong to the version that the officer saw: a second press
 * or a retry has one effect, and what is decided anew after somebody else's act is another act.
 */
export const useDecision = (view: RegistrationView, onDone: (decision: Decision) => void) => {
  const { contractId, version } = view;
  const ids = useMemo(
    () => ({ version, accept: uuidv7(), approve: uuidv7(), return: uuidv7(), refuse: uuidv7() }),
    [version],
  );
  const params = { contractId };
  const finish = (decision: Decision) => (answer: Written) => {
    wrote(answer.seq);
    onDone(decision);
  };
  const accept = useAct(acceptRegistration, (answer) => wrote(answer.seq));
  const approve = useAct(approveRegistration, finish('approve'));
  const confirm = useAct(confirmSecondReview, finish('approve'));
  const giveBack = useAct(returnRegistration, finish('return'));
  const refuse = useAct(refuseRegistration, finish('refuse'));
  const acts = [accept, approve, confirm, giveBack, refuse];
  const failed = acts.find((act) => act.error) ?? approve;

  const acceptOnly = () => accept.mutateAsync({ params, body: { commandId: ids.accept, version } });
  const pass = async (approval: Approval, acceptsFirst: boolean): Promise<void> => {
    const from = acceptsFirst ? (await acceptOnly()).version : version;
    const body = { commandId: ids.approve, version: from };
    await (approval === 'confirms' ? confirm : approve).mutateAsync({ params, body });
  };
  const withReasons = async (decision: 'return' | 'refuse', reasons: readonly GivenReason[]) => {
    const body = { commandId: ids[decision], version, reasons: [...reasons] };
    await (decision === 'return' ? giveBack : refuse).mutateAsync({ params, body });
  };
  return {
    acceptOnly,
    pass,
    withReasons,
    busy: acts.some((act) => act.isPending),
    trouble: useTrouble(failed),
    forgetTrouble: () => {
      for (const act of acts) if (act.error) act.reset();
    },
  };
};
export type Deciding = ReturnType<typeof useDecision>;
