import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';
import { LogHead } from './envelope.ts';
import { LIST_CONTRACTS_MAX, ListSide, RegistrationNumber } from './events.ts';
import { ReceiptStatus } from './registration.ts';
import { RegisteredRow, Totals } from './registry.ts';

/** 登记清单 and the receipts of all contracts, as the desk reads them. */

const Party = z.object({ partyId: Id, name: z.string() });

export const DeskReceiptsQuery = z.strictObject({
  /** Without one: those that wait for the desk (confirmed). */
  status: ReceiptStatus.default('confirmed'),
  after: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  atLeast: z.coerce.number().int().nonnegative().optional(),
});

export const DeskReceipt = z.object({
  contractId: Id,
  contractVersion: z.int(),
  registrationNumber: RegistrationNumber,
  title: z.string(),
  seller: Party,
  buyer: Party,
  technologyValueFen: FenString,
  /** Sum of the verified receipts of the contract. */
  verifiedFen: FenString,
  receiptId: Id,
  status: ReceiptStatus,
  amountFen: FenString,
  receivedOn: LocalDate,
  evidenceHash: z.string(),
  bankReference: z.string(),
  recordedOn: LocalDate,
  confirmedOn: LocalDate.nullable(),
  verifiedOn: LocalDate.nullable(),
  pendingReversal: z.boolean(),
  /** False for who recorded or confirmed it. */
  mayVerify: z.boolean(),
});
export type DeskReceipt = z.infer<typeof DeskReceipt>;

export const DeskReceiptsPage = z.object({
  items: z.array(DeskReceipt),
  next: z.string().nullable(),
  totals: z.object({ count: z.int(), amountFen: FenString }),
  head: LogHead,
});

export const ListInput = z.strictObject({
  commandId: Id,
  listId: Id,
  contractIds: z.array(Id).min(1).max(LIST_CONTRACTS_MAX),
});

export const RegisteredListView = z.object({
  listId: Id,
  issuedOn: LocalDate,
  side: ListSide,
  count: z.int(),
  seq: z.int(),
  totals: Totals,
  valid: z.boolean(),
  /** The first change of one of its contracts since; null while the list is valid. */
  invalidatedBy: z
    .object({
      contractId: Id,
      registrationNumber: RegistrationNumber,
      kind: z.enum(['amend', 'deregister', 'revoke']),
      on: LocalDate,
      seq: z.int(),
    })
    .nullable(),
  /** First day on which it may be printed: two working days after its last approval. */
  printableOn: LocalDate,
  printable: z.boolean(),
});
export type RegisteredListView = z.infer<typeof RegisteredListView>;

export const RegisteredListDetail = RegisteredListView.extend({
  contracts: z.array(RegisteredRow),
});
