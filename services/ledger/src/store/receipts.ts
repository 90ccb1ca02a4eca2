import type { Kysely, Transaction } from 'kysely';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { LedgerTables } from './database.ts';
import { parseDocument } from './registration-view.ts';

/** Where each receipt of these contracts stands now. */
export const saveReceipts = async (
  trx: Transaction<LedgerTables>,
  documents: readonly RegistrationDocument[],
): Promise<void> => {
  const rows = documents.flatMap(({ contractId, receipts }) =>
    receipts.map(({ receiptId, seq, status, amountFen }) => ({
      ...{ receipt_id: receiptId, contract_id: contractId, seq: BigInt(seq), status },
      amount_fen: BigInt(amountFen),
    })),
  );
  if (rows.length === 0) return;
  await trx
    .insertInto('registration_receipt')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('receipt_id')
        .doUpdateSet((excluded) => ({ status: excluded.ref('excluded.status') })),
    )
    .execute();
};

export interface FoundReceipt {
  readonly receiptId: string;
  readonly seq: number;
  readonly document: RegistrationDocument;
}

/** Receipts in a state, the longest recorded first, after a sequence. */
export const listReceiptRows = async (
  db: Kysely<LedgerTables>,
  { status, after, limit }: { status: string; after: number | undefined; limit: number },
): Promise<FoundReceipt[]> => {
  const rows = await db
    .selectFrom('registration_receipt as receipt')
    .innerJoin('registration_view as view', 'view.contract_id', 'receipt.contract_id')
    .select(['receipt.receipt_id', 'receipt.seq', 'view.body'])
    .where('receipt.status', '=', status)
    .$if(after !== undefined, (query) => query.where('receipt.seq', '>', BigInt(after ?? 0)))
    .orderBy('receipt.seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...{ receiptId: row.receipt_id, seq: Number(row.seq) },
    document: parseDocument(row.body),
  }));
};

export const totalReceipts = async (
  db: Kysely<LedgerTables>,
  status: string,
): Promise<{ readonly count: number; readonly amountFen: string }> => {
  const row = await db
    .selectFrom('registration_receipt')
    .select((select) => [
      select.fn.countAll<bigint>().as('count'),
      select.fn.sum<string | null>('amount_fen').as('amount'),
    ])
    .where('status', '=', status)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), amountFen: row.amount ?? '0' };
};
