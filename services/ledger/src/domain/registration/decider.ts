import type { Decider } from '@event-driven-io/emmett';
import { confirmChange, rejectChange, withdrawChange } from './changes.ts';
import type { RegistrationCommand } from './commands.ts';
import { evolveRegistration, initialRegistration } from './evolve.ts';
import { propose, proposeReversal } from './proposals.ts';
import { confirm, record, verify } from './receipts.ts';
import { requirePoints, requireSeamless } from './regime.ts';
import type { RegistrationRules } from './regimes.ts';
import type { Registration, RegistrationEvent } from './registration.ts';
import { accept, approve, confirmSecond, refuse, returnForSupplement } from './review.ts';
import { resubmit, submit } from './submission.ts';

/**
 * 认定登记 as a decider: 已提交 → (退回补正 ⇄) → 已受理 → 审核 → [二次审核] → 已登记 | 不予登记, and
 * after registration the receipts and 变更, 注销, 撤销. A command asked again for what is already so
 * gives no events.
 */
export const registrationDecider = (
  rules: RegistrationRules,
): Decider<Registration, RegistrationCommand, RegistrationEvent> => {
  requireSeamless(rules.regimes);
  requirePoints(rules.points);
  return {
    initialState: initialRegistration,
    evolve: evolveRegistration,
    decide: (command, state): RegistrationEvent[] => {
      switch (command.type) {
        case 'SubmitContract':
          return submit(command, state);
        case 'ResubmitContract':
          return resubmit(command, state);
        case 'AcceptRegistration':
          return accept(command, state, rules);
        case 'ReturnRegistration':
          return returnForSupplement(command, state);
        case 'ApproveRegistration':
          return approve(command, state, rules);
        case 'ConfirmSecondReview':
          return confirmSecond(command, state);
        case 'RefuseRegistration':
          return refuse(command, state);
        case 'RecordReceipt':
          return record(command, state);
        case 'ConfirmReceipt':
          return confirm(command, state);
        case 'VerifyReceipt':
          return verify(command, state);
        case 'ProposeChange':
          return propose(command, state);
        case 'ProposeReversal':
          return proposeReversal(command, state);
        case 'ConfirmChange':
          return confirmChange(command, state, rules);
        case 'RejectChange':
          return rejectChange(command, state);
        case 'WithdrawChange':
          return withdrawChange(command, state);
        default: {
          const never: never = command;
          return never;
        }
      }
    },
  };
};
