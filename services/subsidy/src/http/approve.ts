import { Refusal } from '@jishi/contracts/problem';
import { DecisionContent } from '@jishi/contracts/subsidy/decision';
import { approveCase, returnCase } from '@jishi/contracts/subsidy/endpoints';
import { businessDay } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { requireSeparateDuty } from '../domain/duties.ts';
import { payableFrom } from '../domain/notice.ts';
import type { Policy } from '../domain/policy/load.ts';
import { valuesOn } from '../domain/policy/values.ts';
import { type Actor, audit } from '../store/audit.ts';
import { openBooks, post } from '../store/books.ts';
import { readCaseView } from '../store/case-views.ts';
import {
  type CaseRow,
  contractOf,
  deskOfficersOf,
  interestedIn,
  lockCase,
  requireCase,
  setCaseStatus,
} from '../store/cases.ts';
import { takeCommand } from '../store/commands.ts';
import {
  capKeyOf,
  type DecisionRow,
  lockCap,
  setApproved,
  setReturned,
  useCap,
  validDecision,
} from '../store/decisions.ts';
import { policyOf } from '../store/policy-files.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { actorOf, type SubsidyDependencies, viewerOf } from './dependencies.ts';

/** The decided case under lock, after the guards that both acts of the second officer share. */
const lockDecided = async (
  trx: SubsidyTransaction,
  actor: Actor,
  caseId: string,
  version: number,
): Promise<{ row: CaseRow; decision: DecisionRow }> => {
  const row = await lockCase(trx, caseId);
  requireCase(row, version, 'decided');
  const decision = await validDecision(trx, caseId);
  if (!decision) throw new Error(`case ${caseId} is decided and has no decision`);
  const contract = await contractOf(trx, row.contract_id);
  requireSeparateDuty(actor.person, {
    partyIds: interestedIn(row, contract),
    userIds: [decision.decided_by, ...(await deskOfficersOf(trx, [row.contract_id]))],
  });
  return { row, decision };
};

/** The first day of the budget year on which the scheme is in force: its budget is that day's. */
const budgetDay = (policy: Policy, year: number): string => {
  const newYear = `${year}-01-01`;
  return newYear < policy.from ? policy.from : newYear;
};

const commitAward = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  row: CaseRow,
  decision: DecisionRow,
  at: string,
): Promise<void> => {
  const { policy } = policyOf(dependencies.policies, row.scheme);
  const books = { scheme: row.scheme, year: row.year };
  const budgetFen = valuesOn(policy, budgetDay(policy, row.year)).fen('annualBudget');
  await openBooks(trx, books, budgetFen, dependencies.newId(), at);
  await post(trx, books, 'commit', {
    entryId: dependencies.newId(),
    reference: decision.decision_id,
    amountFen: decision.award_fen,
    at,
  });
};

const approve = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  { row, decision }: { row: CaseRow; decision: DecisionRow },
): Promise<void> => {
  const isAward = decision.award_fen > 0n;
  const { policyDay } = DecisionContent.parse(JSON.parse(decision.content));
  const { policy } = policyOf(dependencies.policies, row.scheme);
  if (isAward) await commitAward(trx, dependencies, row, decision, actor.at);
  await setApproved(trx, decision.decision_id, {
    approved_by: actor.person.userId,
    approved_at: actor.at,
    payable_from: isAward ? payableFrom(policy, policyDay, businessDay(actor.at)) : null,
  });
  await setCaseStatus(trx, row.case_id, 'decided', isAward ? 'approved' : 'refused');
  await audit(trx, actor, {
    act: 'approved',
    subject: row.case_id,
    before: { status: 'decided' },
    after: { decisionId: decision.decision_id, contentHash: decision.content_hash },
  });
};

/** The second officer's two acts: approve exactly what was shown, or send it back. */
export const serveApprove = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, clock } = dependencies;

  service.serve(approveCase, async (asked) => {
    const { caseId } = asked.params;
    const { commandId, version, contentHash } = asked.body;
    const actor = actorOf(asked, clock);
    return withSight(db, SEES_ALL, async (trx) => {
      const content = { version, contentHash };
      const command = { commandId, act: 'approve', subject: caseId, content };
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        const decided = await lockDecided(trx, actor, caseId, version);
        if (decided.decision.content_hash !== contentHash) throw new Refusal('content-changed');
        await approve(trx, dependencies, actor, decided);
      }
      return readCaseView(trx, viewerOf(dependencies, actor.person), caseId);
    });
  });

  service.serve(returnCase, async (asked) => {
    const { caseId } = asked.params;
    const { commandId, version, reason } = asked.body;
    const actor = actorOf(asked, clock);
    return withSight(db, SEES_ALL, async (trx) => {
      const command = { commandId, act: 'return', subject: caseId, content: { version, reason } };
      if (await takeCommand(trx, actor.person, command, actor.at)) {
        const { row, decision } = await lockDecided(trx, actor, caseId, version);
        await setReturned(trx, decision.decision_id, {
          returned_by: actor.person.userId,
          returned_at: actor.at,
        });
        await lockCap(trx, capKeyOf(row));
        await useCap(trx, capKeyOf(row), -decision.award_fen);
        await setCaseStatus(trx, caseId, 'decided', 'open');
        const before = { decisionId: decision.decision_id, status: 'decided' };
        await audit(trx, actor, { act: 'returned', subject: caseId, before, note: reason });
      }
      return readCaseView(trx, viewerOf(dependencies, actor.person), caseId);
    });
  });
};
