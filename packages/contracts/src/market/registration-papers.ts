import { z } from '@hono/zod-openapi';
import { FieldCode, IndustryCode } from '../codes.ts';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import {
  CountryCode,
  IpKind,
  NatureCode,
  PaymentMethod,
  PlanSource,
  RegistrationForm,
  SocioEconomicGoal,
} from '../ledger/registration-form.ts';
import { FenString } from '../money.ts';
import { Instant, LocalDate } from '../time.ts';
import { FILE_ENDPOINTS, FileKind } from './files.ts';

/** What the registrant says for the 登记表; null where it has not said anything yet. */
export const FormInput = z.strictObject({
  /** 技术领域 and 服务的国民经济行业: of the registration, not of the text that both sign. */
  fieldCode: FieldCode,
  industryCode: IndustryCode,
  ipKinds: z
    .array(IpKind)
    .max(9)
    .refine((kinds) => kinds.length < 2 || !kinds.includes('none'), 'none-alone'),
  patentNumbers: z.array(z.string().trim().min(1).max(40)).max(100),
  planSource: PlanSource.nullable(),
  socioEconomicGoal: SocioEconomicGoal.nullable(),
  sellerNature: NatureCode.nullable(),
  buyerNature: NatureCode.nullable(),
  sellerCountry: CountryCode.nullable(),
  buyerCountry: CountryCode.nullable(),
  /** 预计新增投入, 预计新增产值: asked of transfers. */
  newInvestmentFen: FenString.nullable(),
  newOutputFen: FenString.nullable(),
});
export type FormInput = z.infer<typeof FormInput>;

/** The form as it stands: what was said, filled up with what the contract says anyway. */
export const FormView = z.strictObject({
  /** 0 until the registrant has saved it for the first time. */
  version: z.int().nonnegative(),
  values: FormInput,
  paymentMethod: PaymentMethod,
  validFrom: LocalDate.nullable(),
  validTo: LocalDate.nullable(),
  /** The whole form, as it goes to the registration; null while something is missing. */
  complete: RegistrationForm.nullable(),
});
export type FormView = z.infer<typeof FormView>;

/** What is still to be done: a column of the form, a file of a kind, a notice of the price. */
export const MissingItem = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('form'), field: FormInput.keyof() }),
  z.strictObject({
    what: z.literal('file'),
    kind: FileKind,
    /** `when-so`: only if the case is as the sentence says; nothing here can tell. */
    need: z.enum(['always', 'when-so']),
    zh: z.string(),
    en: z.string(),
  }),
  /** 公示 of a negotiated price that is not over: before anybody signs. */
  z.strictObject({ what: z.literal('price-notice'), zh: z.string(), en: z.string() }),
]);
export type MissingItem = z.infer<typeof MissingItem>;

/** One sending of the contract to the registration, and the files that went with it. */
export const SentSubmission = z.strictObject({
  /** Version of the returned registration that it answers; 0 for the first. */
  registrationVersion: z.int().nonnegative(),
  sentAt: Instant,
  fileIds: z.array(Id),
});
export type SentSubmission = z.infer<typeof SentSubmission>;

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const PARTIES = { who: 'roles', roles: ['listing-officer', 'buyer'] } as const;
const byContract = z.strictObject({ contractId: Id });

/** By the side that registers: the seller, or the domestic buyer of an import. */
export const saveForm = endpoint({
  ...market,
  method: 'put',
  path: '/contracts/{contractId}/form',
  summary: { zh: '填写登记表', en: 'Fill in the columns of the registration form' },
  access: PARTIES,
  params: byContract,
  body: z.strictObject({
    commandId: Id,
    /** Of the form, not of the contract: who signs meanwhile is not disturbed. */
    version: z.int().nonnegative(),
    values: FormInput,
  }),
  answer: FormView,
  refusals: ['version-conflict', 'id-reused', 'contract-state'],
});

/**
 * After a return for supplements: sends the contract again, with the form and the files as they
 * stand. Asks the ledger first whether it was returned; one return is answered once.
 */
export const resubmitContract = endpoint({
  ...market,
  method: 'post',
  path: '/contracts/{contractId}/resubmit',
  summary: { zh: '补正后重新提交登记', en: 'Submit again after a return for supplements' },
  access: PARTIES,
  params: byContract,
  body: z.strictObject({ commandId: Id, registrationVersion: z.int().positive() }),
  answer: SentSubmission,
  refusals: ['id-reused', 'contract-state', 'not-returned', 'version-conflict', 'service-busy'],
});

/** Organisations that act as brokers, found by a part of their name. */
export const searchBrokers = endpoint({
  ...market,
  method: 'get',
  path: '/brokers',
  summary: { zh: '查找中介机构', en: 'Find a broker by a part of its name' },
  access: PARTIES,
  query: z.strictObject({ name: z.string().trim().min(2).max(100) }),
  answer: z.object({
    items: z.array(z.object({ partyId: Id, name: z.string(), district: z.string() })),
  }),
  refusals: [],
});

export const PAPER_ENDPOINTS = [...FILE_ENDPOINTS, saveForm, resubmitContract, searchBrokers];
