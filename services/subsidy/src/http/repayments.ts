import type { Id } from '@jishi/contracts/ids';
import { parseFen } from '@jishi/contracts/money';
import {
  confirmRepayment,
  enterRepayment,
  withdrawRepayment,
} from '@jishi/contracts/subsidy/endpoints';
import type { Service } from '@jishi/runtime/service';
import type { Actor } from '../store/audit.ts';
import { readClawbackView } from '../store/clawback-views.ts';
import { takeCommand } from '../store/commands.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { type Claim, lockClaim } from './clawback-acts.ts';
import { actorOf, type SubsidyDependencies, viewerOf } from './dependencies.ts';
import { confirmEntry, enterEntry, requirePending, withdrawEntry } from './repayment-acts.ts';

/** 退款: entered by one finance officer, confirmed by another and booked only then. */
export const serveRepayments = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, clock } = dependencies;

  /** The act on the locked claim, once; who demanded or approved the claim is kept out. */
  const perform = (
    actor: Actor,
    command: { commandId: Id; act: string; subject: Id; content: { version: number } },
    act: (trx: SubsidyTransaction, claim: Claim) => Promise<void>,
  ) =>
    withSight(db, SEES_ALL, async (trx) => {
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        const { subject: clawbackId, content } = command;
        const wanted = { clawbackId, version: content.version, status: 'approved' } as const;
        const claim = await lockClaim(trx, actor, wanted, (row) => [
          row.demanded_by,
          row.approved_by,
        ]);
        await act(trx, claim);
      }
      return readClawbackView(trx, viewerOf(dependencies, actor.person), command.subject);
    });

  service.serve(enterRepayment, (asked) => {
    const { commandId, ...content } = asked.body;
    const actor = actorOf(asked, clock);
    const subject = asked.params.clawbackId;
    const command = { commandId, act: 'enter-repayment', subject, content };
    return perform(actor, command, (trx, claim) => {
      const amountFen = parseFen(content.amountFen);
      return enterEntry(trx, dependencies, actor, claim, { ...content, amountFen });
    });
  });

  service.serve(confirmRepayment, (asked) => {
    const { clawbackId: subject, repaymentId } = asked.params;
    const { commandId, version } = asked.body;
    const actor = actorOf(asked, clock);
    const content = { version, repaymentId };
    const command = { commandId, act: 'confirm-repayment', subject, content };
    return perform(actor, command, async (trx, claim) => {
      const entry = await requirePending(trx, claim, repaymentId);
      await confirmEntry(trx, dependencies, actor, claim, entry);
    });
  });

  service.serve(withdrawRepayment, (asked) => {
    const { clawbackId: subject, repaymentId } = asked.params;
    const { commandId, version, reason } = asked.body;
    const actor = actorOf(asked, clock);
    const content = { version, repaymentId, reason };
    const command = { commandId, act: 'withdraw-repayment', subject, content };
    return perform(actor, command, async (trx, claim) => {
      const entry = await requirePending(trx, claim, repaymentId);
      await withdrawEntry(trx, actor, claim, entry, reason);
    });
  });
};
