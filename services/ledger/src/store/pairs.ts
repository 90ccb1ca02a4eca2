import type { Kysely, Transaction } from 'kysely';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import { type OfPair, splitOfDocument } from '../domain/registration/split.ts';
import type { LedgerTables } from './database.ts';
import { OPEN, parseDocument } from './registration-view.ts';

/** Another contract of the same seller and buyer, as far as the checks compare it. */
export interface SamePair extends OfPair {
  readonly title: string;
  readonly status: string;
}

/** What does not count any more, or never did. */
const GONE: readonly string[] = ['refused', 'deregistered', 'revoked'];

/** For each contract, the others of its seller and buyer that count; itself is not among them. */
export const readSamePairs = async (
  db: Kysely<LedgerTables>,
  contractIds: readonly string[],
): Promise<Map<string, SamePair[]>> => {
  const found = new Map<string, SamePair[]>(contractIds.map((id) => [id, []]));
  if (contractIds.length === 0) return found;
  const rows = await db
    .selectFrom('registration_view as own')
    .innerJoin('registration_view as other', (join) =>
      join
        .onRef('other.seller_id', '=', 'own.seller_id')
        .onRef('other.buyer_id', '=', 'own.buyer_id')
        .onRef('other.contract_id', '<>', 'own.contract_id'),
    )
    .select([
      'own.contract_id as own_id',
      'other.contract_id',
      'other.title',
      'other.status',
      'other.signed_on',
      'other.contract_value_fen',
      'other.technology_value_fen',
    ])
    .where('own.contract_id', 'in', contractIds)
    .where('other.status', 'not in', GONE)
    .orderBy('other.signed_on')
    .orderBy('other.contract_id')
    .execute();
  for (const row of rows) {
    found.get(row.own_id)?.push({
      contractId: row.contract_id,
      title: row.title,
      status: row.status,
      signedOn: row.signed_on,
      contractValueFen: `${row.contract_value_fen}`,
      technologyValueFen: `${row.technology_value_fen}`,
    });
  }
  return found;
};

/** Says anew which open contracts of these pairs are split; no other one is. */
export const markSplits = async (
  trx: Transaction<LedgerTables>,
  pairs: readonly { readonly sellerId: string; readonly buyerId: string }[],
  rules: RegistrationRules,
): Promise<void> => {
  if (pairs.length === 0) return;
  const open = await trx
    .selectFrom('registration_view')
    .select(['contract_id', 'body', 'split'])
    .where((where) =>
      where.or(
        pairs.map(({ sellerId, buyerId }) =>
          where.and([where('seller_id', '=', sellerId), where('buyer_id', '=', buyerId)]),
        ),
      ),
    )
    .where('status', 'in', OPEN)
    .execute();
  const others = await readSamePairs(
    trx,
    open.map((row) => row.contract_id),
  );
  for (const row of open) {
    const same = others.get(row.contract_id) ?? [];
    const split = splitOfDocument(rules, parseDocument(row.body), same).length > 0;
    if (split === row.split) continue;
    await trx
      .updateTable('registration_view')
      .set({ split })
      .where('contract_id', '=', row.contract_id)
      .execute();
  }
};
