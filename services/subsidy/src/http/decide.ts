import { formatFen, parseFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { DecisionContent } from '@jishi/contracts/subsidy/decision';
import { decideCase as decideCaseEndpoint } from '@jishi/contracts/subsidy/endpoints';
import type { Service } from '@jishi/runtime/service';
import { decideCase } from '../domain/decision/decide.ts';
import { requireSeparateDuty } from '../domain/duties.ts';
import { type Actor, audit } from '../store/audit.ts';
import { factsOf, policyDayOf } from '../store/case-facts.ts';
import { readCaseView } from '../store/case-views.ts';
import {
  type CaseRow,
  type ContractRow,
  contractOf,
  deskOfficersOf,
  interestedIn,
  lockCase,
  otherBrokerAwarded,
  receiptsOf,
  requireCase,
  setCaseStatus,
} from '../store/cases.ts';
import { sha256, takeCommand } from '../store/commands.ts';
import { capKeyOf, lockCap, saveDecision, useCap } from '../store/decisions.ts';
import { policyOf } from '../store/policy-files.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { actorOf, type SubsidyDependencies, viewerOf } from './dependencies.ts';
import { openGate } from './gate.ts';

/** Loads under locks (case, then cap) and decides; what is shown is what is stored and hashed. */
const decisionOf = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  row: CaseRow,
  contract: ContractRow,
): Promise<DecisionContent> => {
  const { policy, hash } = policyOf(dependencies.policies, row.scheme);
  const receipts = await receiptsOf(trx, row, contract);
  const policyDay = policyDayOf(receipts);
  const facts = factsOf(row, contract, receipts, {
    otherBrokerAwarded: row.role === 'broker' && (await otherBrokerAwarded(trx, row)),
    capUsedFen: await lockCap(trx, capKeyOf(row)),
  });
  return decideCase(policy, hash, policyDay, facts);
};

const saveDecided = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  row: CaseRow,
  content: DecisionContent,
  actor: Actor,
): Promise<void> => {
  const text = JSON.stringify(content);
  const awardFen = parseFen(content.awardFen);
  const decisionId = dependencies.newId();
  await saveDecision(trx, {
    decision_id: decisionId,
    case_id: row.case_id,
    content: text,
    content_hash: sha256(text),
    award_fen: awardFen,
    includes_assumption: content.includesAssumption,
    decided_by: actor.person.userId,
    decided_at: actor.at,
  });
  await useCap(trx, capKeyOf(row), awardFen);
  await setCaseStatus(trx, row.case_id, 'open', 'decided');
  await audit(trx, actor, {
    act: 'decided',
    subject: row.case_id,
    before: { status: 'open' },
    after: { decisionId, outcome: content.outcome, awardFen: formatFen(awardFen) },
  });
};

/** Of the pool's ten connections; the others stay free for everything that does not decide. */
const DECIDING_AT_ONCE_MAX = 4;
const WAITING_MAX = 5_000;

/** Decides an open case: computed from policy, ledger and cap; the officer enters nothing. */
export const serveDecide = (service: Service, dependencies: SubsidyDependencies): void => {
  const gate = openGate(DECIDING_AT_ONCE_MAX, WAITING_MAX);
  service.serve(decideCaseEndpoint, async (asked) => {
    const { caseId } = asked.params;
    const { commandId, version } = asked.body;
    const actor = actorOf(asked, dependencies.clock);
    const decide = async (trx: SubsidyTransaction): Promise<void> => {
      const command = { commandId, act: 'decide', subject: caseId, content: { version } };
      if (!(await takeCommand(trx, actor.person, command, actor.at))) return;
      const row = await lockCase(trx, caseId);
      requireCase(row, version, 'open');
      const contract = await contractOf(trx, row.contract_id);
      requireSeparateDuty(actor.person, {
        partyIds: interestedIn(row, contract),
        userIds: await deskOfficersOf(trx, [row.contract_id]),
      });
      const content = await decisionOf(trx, dependencies, row, contract);
      if (content.outcome === 'incomplete') throw new Refusal('case-incomplete');
      await saveDecided(trx, dependencies, row, content, actor);
    };
    await gate(() => withSight(dependencies.db, SEES_ALL, decide));
    // Read after the commit: the cap's lock, which others wait for, is held no longer than needed.
    return withSight(dependencies.db, SEES_ALL, (trx) =>
      readCaseView(trx, viewerOf(dependencies, actor.person), caseId),
    );
  });
};
