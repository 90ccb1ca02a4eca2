import { z } from '@hono/zod-openapi';
import { ContractType, Region } from '../codes.ts';
import { Id } from '../ids.ts';
import { RegistrationNumber } from '../ledger/events.ts';
import { FenString } from '../money.ts';
import { PartyRef } from '../party.ts';
import { Instant, LocalDate } from '../time.ts';
import { ClawbackLine } from './clawback.ts';
import { DecisionContent } from './decision.ts';
import { SchemeId, SubsidyRole } from './policy.ts';
import { Stage, TraceLine } from './trace.ts';

/**
 * open → decided → approved → batched → instructed → paid; `refused` ends a case whose approved
 * decision awards nothing, `closed` one whose contract was deregistered or revoked before it was
 * paid, or whose party is no longer in the contract. A decision sent back, or one that a change in
 * the ledger took the ground from, makes the case open again; a payment that the bank could not
 * make makes it approved again.
 */
export const CaseStatus = z.enum([
  'open',
  'decided',
  'approved',
  'refused',
  'batched',
  'instructed',
  'paid',
  'closed',
]);
export type CaseStatus = z.infer<typeof CaseStatus>;

/** Money that arrived and was verified: the base of the subsidy. One receipt, one line, once. */
export const CaseReceipt = z.object({
  receiptId: Id,
  amountFen: FenString,
  /** What of it counts: nothing once reversed, and all together at most the technology value. */
  countedFen: FenString,
  reversedOn: LocalDate.nullable(),
  receivedOn: LocalDate,
  verifiedOn: LocalDate,
  evidenceHash: z.string(),
  /** Sequence of the verification in the ledger: the proof is asked for by it. */
  seq: z.int(),
});
export type CaseReceipt = z.infer<typeof CaseReceipt>;

/** How a contract stands in the ledger now. */
export const Standing = z.enum(['registered', 'deregistered', 'revoked']);
export type Standing = z.infer<typeof Standing>;

export const ChangeKind = z.enum(['amended', 'deregistered', 'revoked', 'receipt-reversed']);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** One change of a registered contract, as the ledger recorded it. */
export const ContractChange = z.object({
  seq: z.int(),
  kind: ChangeKind,
  changedOn: LocalDate,
  /** Told to officers only: a sentence of the registrar may name anything. */
  reasons: z.array(z.object({ code: z.string(), note: z.string() })),
});

export const CaseContract = z.object({
  contractId: Id,
  registrationNumber: RegistrationNumber,
  registeredOn: LocalDate,
  /** Sequence of the registration in the ledger. */
  seq: z.int(),
  title: z.string(),
  contractType: ContractType,
  sellerName: z.string(),
  sellerDistrict: Region,
  buyerName: z.string(),
  buyerDistrict: Region,
  brokerName: z.string().nullable(),
  contractValueFen: FenString,
  technologyValueFen: FenString,
  relatedParty: z.boolean(),
  subcontract: z.boolean(),
  standing: Standing,
  changes: z.array(ContractChange),
});
export type CaseContract = z.infer<typeof CaseContract>;

/** The cap of (scheme, party, role, year) now, this case's part included. */
export const CapState = z.object({
  usedFen: FenString,
  usedByThisCaseFen: FenString,
  /** Other cases that take part of the same cap, the newest 20: where «used» comes from. */
  others: z.array(z.object({ caseId: Id, registrationNumber: z.string(), awardFen: FenString })),
});

/** What a change in the ledger did to a decision: who looks at the case sees every one. */
export const ReassessmentView = z.object({
  seq: z.int(),
  cause: ChangeKind,
  on: LocalDate,
  outcome: z.enum(['unchanged', 'reopened', 'closed', 'lower', 'higher']),
  beforeFen: FenString,
  afterFen: FenString,
});
export type ReassessmentView = z.infer<typeof ReassessmentView>;

export const DecisionView = z.object({
  decisionId: Id,
  /** SHA-256 of the decision's text: the second officer approves this hash and nothing else. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  content: DecisionContent,
  decidedAt: Instant,
  approvedAt: Instant.nullable(),
  /** First day on which the award may be paid: after the public notice. */
  payableFrom: LocalDate.nullable(),
});

export const CasePayment = z.object({
  batchId: Id,
  instructionId: Id,
  amountFen: FenString,
  paidOn: LocalDate.nullable(),
  bankReference: z.string().nullable(),
});

/** One step that was done. `userId` is told to officers only. */
export const CaseStep = z.object({
  act: z.string(),
  at: Instant,
  userId: Id.nullable(),
  noteZh: z.string().nullable(),
});
export type CaseStep = z.infer<typeof CaseStep>;

/** One party, one role, one contract, one scheme, one year; a line of the officer's queue. */
export const CaseLine = z.object({
  caseId: Id,
  scheme: SchemeId,
  role: SubsidyRole,
  year: z.int(),
  /** 1 for the first case; receipts verified after a decision open the next (补充申报). */
  supplement: z.int().positive(),
  status: CaseStatus,
  version: z.int(),
  openedOn: LocalDate,
  contractId: Id,
  registrationNumber: RegistrationNumber,
  partyId: Id,
  partyName: z.string(),
  /** Sum of the verified receipts in this case. */
  baseFen: FenString,
  /** null until decided. */
  awardFen: FenString.nullable(),
  includesAssumption: z.boolean().nullable(),
  /** First day on which an approved award may be paid. */
  payableFrom: LocalDate.nullable(),
  /** The caller made the decision that waits: a second officer approves it. */
  decidedByMe: z.boolean(),
  standing: Standing,
  /** What is claimed back of a paid award and not withdrawn; `0` without a claim. */
  clawedBackFen: FenString,
});
export type CaseLine = z.infer<typeof CaseLine>;

export const CaseView = CaseLine.extend({
  party: PartyRef,
  contract: CaseContract,
  receipts: z.array(CaseReceipt),
  cap: CapState,
  decision: DecisionView.nullable(),
  /** What deciding now would answer; told to officers while the case is open, else null. */
  proposal: DecisionContent.nullable(),
  /** The answer line by line, each with where it comes from; of the decision, else the proposal. */
  trace: z.array(TraceLine),
  stages: z.array(Stage),
  reassessments: z.array(ReassessmentView),
  clawbacks: z.array(ClawbackLine),
  payment: CasePayment.nullable(),
  steps: z.array(CaseStep),
}).openapi('SubsidyCase');
export type CaseView = z.infer<typeof CaseView>;
