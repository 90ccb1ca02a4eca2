import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import type { CaseView } from '@jishi/contracts/subsidy/case';
import { businessDay } from '@jishi/contracts/time';
import type { VisibleRow } from './case-lines.ts';
import type { SubsidyTransaction } from './tables.ts';

export const paymentOf = async (
  trx: SubsidyTransaction,
  caseId: Id,
): Promise<CaseView['payment']> => {
  const row = await trx
    .selectFrom('instruction')
    .select(['batch_id', 'instruction_id', 'amount_fen', 'paid_on', 'bank_reference'])
    .where('case_id', '=', caseId)
    .where('status', 'in', ['prepared', 'sent', 'paid'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    batchId: row.batch_id,
    instructionId: row.instruction_id,
    amountFen: formatFen(row.amount_fen),
    paidOn: row.paid_on,
    bankReference: row.bank_reference,
  };
};

const OTHERS_MAX = 20;

/** Other cases whose awards take part of the same cap: the newest, in the order of opening. */
export const othersOnCap = async (trx: SubsidyTransaction, row: VisibleRow) => {
  const rows = await trx
    .selectFrom('subsidy_case as c')
    .innerJoin('decision as d', 'd.case_id', 'c.case_id')
    .innerJoin('contract as k', 'k.contract_id', 'c.contract_id')
    .select(['c.case_id', 'k.registration_number', 'd.award_fen'])
    .where('c.scheme', '=', row.scheme)
    .where('c.party_id', '=', row.party_id)
    .where('c.role', '=', row.role)
    .where('c.year', '=', row.year)
    .where('c.case_id', '<>', row.case_id)
    .where('d.returned_at', 'is', null)
    .where('d.voided_at', 'is', null)
    .where('d.award_fen', '>', 0n)
    .orderBy('c.case_id', 'desc')
    .limit(OTHERS_MAX)
    .execute();
  return rows.toReversed().map((other) => ({
    caseId: other.case_id,
    registrationNumber: other.registration_number,
    awardFen: formatFen(other.award_fen),
  }));
};

export const reassessmentsOf = async (
  trx: SubsidyTransaction,
  caseId: Id,
): Promise<CaseView['reassessments']> => {
  const rows = await trx
    .selectFrom('reassessment as r')
    .innerJoin('contract_change as x', 'x.seq', 'r.seq')
    .select(['r.seq', 'x.kind', 'r.made_at', 'r.outcome', 'r.before_fen', 'r.after_fen'])
    .where('r.case_id', '=', caseId)
    .orderBy('r.seq')
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    cause: row.kind,
    on: businessDay(row.made_at),
    outcome: row.outcome,
    beforeFen: formatFen(row.before_fen),
    afterFen: formatFen(row.after_fen),
  }));
};
