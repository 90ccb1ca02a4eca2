import { z } from '@hono/zod-openapi';
import { ContractType } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { PartyRef } from '../party.ts';
import { Instant, LocalDate } from '../time.ts';
import { Delivery, Sha256Hex } from './contract.ts';
import { ContractFile } from './files.ts';
import { ImportField } from './import.ts';
import { Side } from './negotiation.ts';
import { MissingItem, SentSubmission } from './registration-papers.ts';

/** A contract of paper that was imported, as it was sent to the registration last. */
export const PaperContractRow = z.object({
  contractId: Id,
  title: z.string(),
  seller: PartyRef,
  buyer: PartyRef,
  /** The side that imported it and registers it. */
  you: Side,
  contractType: ContractType,
  contractValueFen: FenString,
  technologyValueFen: FenString,
  signedOn: LocalDate,
  importedAt: Instant,
  /** It was signed on paper before it came here. */
  status: z.literal('signed'),
  contractTextHash: Sha256Hex,
  delivery: Delivery.nullable(),
  /** The first one is the import itself. */
  submissions: z.array(SentSubmission),
});
export type PaperContractRow = z.infer<typeof PaperContractRow>;

/** A column that may be corrected: seller and buyer stay who they are. */
export const PaperField = ImportField.extend({
  /** What may be chosen; null where it is written. */
  options: z.array(z.object({ value: z.string(), zh: z.string(), en: z.string() })).nullable(),
});
export type PaperField = z.infer<typeof PaperField>;

export const PaperContractView = PaperContractRow.extend({
  importId: Id,
  /** The row of the file from which it came. */
  row: z.int().positive(),
  files: z.array(ContractFile),
  missing: z.array(MissingItem),
  fields: z.array(PaperField),
  /** By field, as they stand; what is not listed is empty. */
  values: z.record(z.string(), z.string()),
}).openapi('PaperContract');
export type PaperContractView = z.infer<typeof PaperContractView>;

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const OFFICER = { who: 'roles', roles: ['listing-officer', 'buyer'] } as const;
const byContract = z.strictObject({ contractId: Id });

export const listPaperContracts = endpoint({
  ...market,
  method: 'get',
  path: '/paper-contracts',
  summary: { zh: '导入的纸质合同', en: 'Imported contracts of paper, newest first' },
  access: OFFICER,
  query: z.strictObject({
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answer: z.object({ items: z.array(PaperContractRow), next: Id.nullable() }),
  refusals: [],
});

export const readPaperContract = endpoint({
  ...market,
  method: 'get',
  path: '/paper-contracts/{contractId}',
  summary: { zh: '一份纸质合同', en: 'One contract of paper, with its files and columns' },
  access: OFFICER,
  params: byContract,
  answer: PaperContractView,
  refusals: [],
});

/**
 * After a return for supplements: corrections and files in one act. Columns that are not sent stay
 * as they are; they are read by the same rules as a row of a sheet. One return is answered once.
 */
export const resubmitPaperContract = endpoint({
  ...market,
  method: 'post',
  path: '/paper-contracts/{contractId}/resubmit',
  summary: { zh: '纸质合同补正后重新提交', en: 'Correct a contract of paper and submit it again' },
  access: OFFICER,
  params: byContract,
  body: z.strictObject({
    commandId: Id,
    registrationVersion: z.int().positive(),
    values: z.record(ImportField.shape.key, z.string().max(32_767)),
  }),
  answer: SentSubmission,
  refusals: ['id-reused', 'contract-state', 'not-returned', 'version-conflict', 'service-busy'],
});

export const PAPER_CONTRACT_ENDPOINTS = [
  listPaperContracts,
  readPaperContract,
  resubmitPaperContract,
];
