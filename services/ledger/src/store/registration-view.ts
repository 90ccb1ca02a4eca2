import type { RegistrationStatus } from '@jishi/contracts/ledger/registration';
import { type Kysely, sql, type Transaction } from 'kysely';
import { queueDayOf, regimeOf } from '../domain/registration/clock.ts';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import { needsSecondReview } from '../domain/registration/regime.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import { clockFactsOf } from '../domain/registration/view.ts';
import type { LedgerTables } from './database.ts';

export const parseDocument = (body: string): RegistrationDocument =>
  JSON.parse(body) as RegistrationDocument;

const parse = (row: { body: string }): RegistrationDocument => parseDocument(row.body);

export const readRegistrationDocument = async (
  db: Kysely<LedgerTables>,
  contractId: string,
): Promise<RegistrationDocument | null> => {
  const row = await db
    .selectFrom('registration_view')
    .select('body')
    .where('contract_id', '=', contractId)
    .executeTakeFirst();
  return row ? parse(row) : null;
};

export interface RegistrationFilter {
  /** Only those in which this party takes part; null for all. */
  readonly partyId: string | null;
  readonly status: RegistrationStatus | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** By contract id, which is the order in which the contracts were made. */
export const listRegistrationDocuments = async (
  db: Kysely<LedgerTables>,
  { partyId, status, after, limit }: RegistrationFilter,
): Promise<RegistrationDocument[]> => {
  const rows = await db
    .selectFrom('registration_view as view')
    .select('view.body')
    .$if(partyId !== null, (query) =>
      query
        .innerJoin('registration_party as party', 'party.contract_id', 'view.contract_id')
        .where('party.party_id', '=', partyId ?? ''),
    )
    .$if(status !== undefined, (query) => query.where('view.status', '=', status ?? ''))
    .$if(after !== undefined, (query) => query.where('view.contract_id', '>', after ?? ''))
    .orderBy('view.contract_id')
    .limit(limit)
    .execute();
  return rows.map(parse);
};

export const readDocuments = async (
  db: Kysely<LedgerTables>,
  contractIds: readonly string[],
): Promise<RegistrationDocument[]> => {
  if (contractIds.length === 0) return [];
  const rows = await db
    .selectFrom('registration_view')
    .select('body')
    .where('contract_id', 'in', contractIds)
    .execute();
  return rows.map(parse);
};

const partiesOf = ({ contractId, private: hidden }: RegistrationDocument) => {
  const ids = [hidden.seller.partyId, hidden.buyer.partyId, hidden.broker?.partyId];
  return [...new Set(ids)].flatMap((id) =>
    id === undefined ? [] : [{ party_id: id, contract_id: contractId }],
  );
};

/** What the desk has not decided yet; only such a contract can be split. */
export const OPEN: readonly string[] = ['submitted', 'returned', 'accepted', 'first-reviewed'];

/** `split` is for `markSplits` to say, until the contract is decided; the id stays. */
const WRITTEN_AGAIN = [
  ...(['status', 'seq', 'body', 'seller_id', 'buyer_id', 'title', 'party_names'] as const),
  ...(['contract_type', 'district', 'contract_value_fen', 'technology_value_fen'] as const),
  ...(['signed_on', 'submissions', 'queue_on', 'large', 'registration_number'] as const),
  ...(['registered_on', 'amendment', 'pending'] as const),
];

const rowOf = (document: RegistrationDocument, rules: RegistrationRules) => {
  const { private: hidden, public: open } = document;
  const clock = clockFactsOf(document);
  return {
    contract_id: document.contractId,
    status: document.status,
    seq: BigInt(document.seq),
    body: JSON.stringify(document),
    seller_id: hidden.seller.partyId,
    buyer_id: hidden.buyer.partyId,
    title: hidden.title,
    party_names: `${hidden.seller.name}\n${hidden.buyer.name}`,
    contract_type: open.contractType,
    district: open.sellerDistrict,
    contract_value_fen: BigInt(hidden.contractValueFen),
    technology_value_fen: BigInt(hidden.technologyValueFen),
    signed_on: open.signedOn,
    submissions: document.submissions,
    queue_on: queueDayOf(rules, clock),
    large: needsSecondReview(regimeOf(rules, clock), document.reviewedValues),
    split: false,
    registration_number: document.registrationNumber,
    registered_on: document.registeredOn,
    amendment: document.amendment,
    pending: document.pendingChange !== null,
  };
};

/** Writes documents and who may see them; `moved` are those whose parties may have changed. */
export const saveRegistrationDocuments = async (
  trx: Transaction<LedgerTables>,
  documents: readonly RegistrationDocument[],
  moved: readonly RegistrationDocument[],
  rules: RegistrationRules,
): Promise<void> => {
  if (documents.length === 0) return;
  const rows = documents.map((document) => rowOf(document, rules));
  await trx
    .insertInto('registration_view')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('contract_id').doUpdateSet((excluded) => ({
        ...Object.fromEntries(
          WRITTEN_AGAIN.map((name) => [name, excluded.ref(`excluded.${name}`)]),
        ),
        split: sql<boolean>`registration_view.split
            and excluded.status = any(${[...OPEN]}::text[])`,
      })),
    )
    .execute();
  if (moved.length === 0) return;
  const ids = moved.map((document) => document.contractId);
  await trx.deleteFrom('registration_party').where('contract_id', 'in', ids).execute();
  await trx.insertInto('registration_party').values(moved.flatMap(partiesOf)).execute();
};
