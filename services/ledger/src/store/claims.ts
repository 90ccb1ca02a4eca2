import type { Instant } from '@jishi/contracts/time';
import type { Kysely } from 'kysely';
import type { LedgerTables } from './database.ts';

/** Who works on a case: seen by the others, no lock. Each step stays in the audit table. */
export interface Claim {
  readonly userId: string;
  readonly claimedAt: Instant;
}

export const readClaims = async (
  db: Kysely<LedgerTables>,
  contractIds: readonly string[],
): Promise<Map<string, Claim>> => {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('registration_claim')
    .select(['contract_id', 'user_id', 'claimed_at'])
    .where('contract_id', 'in', contractIds)
    .execute();
  return new Map(
    rows.map((row) => [row.contract_id, { userId: row.user_id, claimedAt: row.claimed_at }]),
  );
};

export interface Claiming {
  readonly contractId: string;
  readonly userId: string;
  readonly organisationId: string;
  readonly at: Instant;
}

const rowOf = ({ contractId, userId, organisationId }: Claiming) => ({
  ...{ contract_id: contractId, user_id: userId, organisation_id: organisationId },
});

/** Takes a case, if nobody else has it: true when it is the caller's now. */
export const claim = async (db: Kysely<LedgerTables>, claiming: Claiming): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const taken = await trx
      .insertInto('registration_claim')
      .values({ ...rowOf(claiming), claimed_at: claiming.at })
      .onConflict((conflict) => conflict.column('contract_id').doNothing())
      .returning('contract_id')
      .executeTakeFirst();
    if (taken) {
      const act = { ...rowOf(claiming), act: 'claimed', acted_at: claiming.at };
      await trx.insertInto('registration_claim_act').values(act).execute();
      return true;
    }
    const held = await trx
      .selectFrom('registration_claim')
      .select('user_id')
      .where('contract_id', '=', claiming.contractId)
      .executeTakeFirst();
    return held?.user_id === claiming.userId;
  });

/** Puts a case back: one's own, or with `anybodys` whoever has it. True when it is free now. */
export const release = async (
  db: Kysely<LedgerTables>,
  releasing: Claiming,
  anybodys: boolean,
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const freed = await trx
      .deleteFrom('registration_claim')
      .where('contract_id', '=', releasing.contractId)
      .$if(!anybodys, (query) => query.where('user_id', '=', releasing.userId))
      .returning('contract_id')
      .executeTakeFirst();
    if (freed) {
      const act = { ...rowOf(releasing), act: 'released', acted_at: releasing.at };
      await trx.insertInto('registration_claim_act').values(act).execute();
      return true;
    }
    const held = await trx
      .selectFrom('registration_claim')
      .select('user_id')
      .where('contract_id', '=', releasing.contractId)
      .executeTakeFirst();
    return held === undefined;
  });
