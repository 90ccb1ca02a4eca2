import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type {
  IndexFact,
  RegisteredContract,
  Restatement,
} from '../../domain/index/registered-contract.ts';
import type { LogTables } from '../log/tables.ts';
import type { IndexTables } from './tables.ts';

export type IndexDatabase = Kysely<IndexTables & LogTables>;

const rowOf = (contract: RegisteredContract): Selectable<IndexTables['index_contract']> => ({
  seq: BigInt(contract.seq),
  recorded_at: contract.recordedAt,
  contract_id: contract.contractId,
  registered_on: contract.registeredOn,
  contract_type: contract.contractType,
  field_code: contract.fieldCode,
  industry_code: contract.industryCode,
  seller_district: contract.sellerDistrict,
  buyer_district: contract.buyerDistrict,
  related_party: contract.relatedParty,
  subcontract: contract.subcontract,
  contract_value_fen: contract.contractValueFen,
  technology_value_fen: contract.technologyValueFen,
  published_value_fen: contract.publishedValueFen,
  seller_id: contract.sellerId,
  buyer_id: contract.buyerId,
});

/** The table was written by this service from the log; codes are trusted, not parsed again. */
const contractOf = (row: Selectable<IndexTables['index_contract']>): RegisteredContract => ({
  seq: Number(row.seq),
  recordedAt: row.recorded_at,
  contractId: row.contract_id,
  registeredOn: row.registered_on,
  contractType: row.contract_type as RegisteredContract['contractType'],
  fieldCode: row.field_code as RegisteredContract['fieldCode'],
  industryCode: row.industry_code as RegisteredContract['industryCode'],
  sellerDistrict: row.seller_district as RegisteredContract['sellerDistrict'],
  buyerDistrict: row.buyer_district as RegisteredContract['buyerDistrict'],
  relatedParty: row.related_party,
  subcontract: row.subcontract,
  contractValueFen: row.contract_value_fen,
  technologyValueFen: row.technology_value_fen,
  publishedValueFen: row.published_value_fen,
  sellerId: row.seller_id,
  buyerId: row.buyer_id,
});

const AMOUNTS: readonly string[] = ['contractValueFen', 'technologyValueFen', 'publishedValueFen'];

const bodyOf = (restatement: Restatement | null): string =>
  JSON.stringify(restatement, (_, value) => (typeof value === 'bigint' ? `${value}` : value));

const restatementOf = (body: string): Restatement | null =>
  JSON.parse(body, (key, value) =>
    AMOUNTS.includes(key) && typeof value === 'string' ? BigInt(value) : value,
  ) as Restatement | null;

const changeRows = (facts: readonly IndexFact[]): Selectable<IndexTables['index_change']>[] =>
  facts.flatMap(({ seq, recordedAt, changed }) => {
    if (!changed) return [];
    if (changed.known === undefined) throw new Error(`change ${seq} was not folded`);
    const { contractId, known } = changed;
    return [
      {
        ...{ seq: BigInt(seq), recorded_at: recordedAt, contract_id: contractId },
        body: bodyOf(known),
      },
    ];
  });

/** Keeps what a batch of the log brought: contracts, changes, and the steps that they made. */
export const saveBatch = async (
  trx: Transaction<IndexTables & LogTables>,
  facts: readonly IndexFact[],
  steps: readonly number[],
): Promise<void> => {
  const contracts = facts.flatMap((fact) => (fact.registered ? [fact.registered] : []));
  if (contracts.length > 0) {
    await trx.insertInto('index_contract').values(contracts.map(rowOf)).execute();
  }
  const changes = changeRows(facts);
  if (changes.length > 0) await trx.insertInto('index_change').values(changes).execute();
  if (steps.length > 0) {
    const rows = steps.map((seq) => ({ seq: BigInt(seq) }));
    await trx.insertInto('index_step').values(rows).execute();
  }
};

/** Registrations and changes with after < seq ≤ upTo, in order, at most `limit`. */
export const readFacts = async (
  db: IndexDatabase,
  after: number,
  upTo: number,
  limit: number,
): Promise<IndexFact[]> => {
  const span = <T extends 'index_contract' | 'index_change'>(table: T) =>
    db
      .selectFrom<'index_contract' | 'index_change'>(table)
      .where('seq', '>', BigInt(after))
      .where('seq', '<=', BigInt(upTo))
      .orderBy('seq')
      .limit(limit);
  const contracts = await span('index_contract').selectAll('index_contract').execute();
  const changes = await span('index_change').selectAll('index_change').execute();
  const facts: IndexFact[] = [
    ...contracts.map((row) => {
      const registered = contractOf(row);
      const { seq, recordedAt } = registered;
      return { seq, recordedAt, opened: null, registered, changed: null };
    }),
    ...changes.map((row) => {
      const known = restatementOf(row.body);
      const changed = { contractId: row.contract_id, after: known?.after ?? null, known };
      const at = { seq: Number(row.seq), recordedAt: row.recorded_at };
      return { ...at, opened: null, registered: null, changed };
    }),
  ];
  return facts.sort((a, b) => a.seq - b.seq).slice(0, limit);
};

/** Whether the public view stood still exactly there once. */
export const isStep = async (db: IndexDatabase, seq: number): Promise<boolean> => {
  const row = await db
    .selectFrom('index_step')
    .select('seq')
    .where('seq', '=', BigInt(seq))
    .executeTakeFirst();
  return row !== undefined;
};

/** The last public step at or before a sequence; 0: none. */
export const readStepBefore = async (db: IndexDatabase, seq: number): Promise<number> => {
  const row = await db
    .selectFrom('index_step')
    .select('seq')
    .where('seq', '<=', BigInt(seq))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(row?.seq ?? 0n);
};

/** The public steps after a sequence, up to another one, in order. */
export const readStepsBetween = async (
  db: IndexDatabase,
  after: number,
  upTo: number,
): Promise<number[]> => {
  const rows = await db
    .selectFrom('index_step')
    .select('seq')
    .where('seq', '>', BigInt(after))
    .where('seq', '<=', BigInt(upTo))
    .orderBy('seq')
    .execute();
  return rows.map((row) => Number(row.seq));
};

/** When an event was recorded, and its text; undefined beyond the head. */
export const readEventAt = async (
  db: IndexDatabase,
  seq: number,
): Promise<{ recordedAt: string } | undefined> => {
  const row = await db
    .selectFrom('log')
    .select('recorded_at')
    .where('seq', '=', BigInt(seq))
    .executeTakeFirst();
  return row && { recordedAt: row.recorded_at };
};

/** The head of the log itself; the kind is what its first event says. */
export const readLogHead = async (db: IndexDatabase, kind: LogHead['kind']): Promise<LogHead> => {
  const row = await db
    .selectFrom('log_head')
    .select(['seq', 'recorded_at'])
    .executeTakeFirstOrThrow();
  return { seq: Number(row.seq), recordedAt: row.recorded_at, kind };
};
