import type { CallOf } from '@jishi/contracts/endpoint';
import type { Terms } from '@jishi/contracts/market/negotiation';
import type { makeOffer } from '@jishi/contracts/market/trade';
import type { FieldPath } from 'react-hook-form';

type TermsInput = NonNullable<CallOf<typeof makeOffer>['body']>['terms'];

export interface MilestoneValues {
  readonly name: string;
  readonly dueOn: string;
  readonly amountFen: string;
}

/** Terms as they are typed: '' where nothing is. */
export interface TermsValues {
  contractType: string;
  contractSubType: string;
  contractValueFen: string;
  technologyValueFen: string;
  paymentMethod: string;
  paymentText: string;
  royaltyRate: string;
  royaltyBase: string;
  entryFeeFen: string;
  royaltyCapFen: string;
  deferred: boolean;
  deferredUntil: string;
  deferredJudged: string;
  milestones: MilestoneValues[];
  exclusivity: string;
  territory: string;
  licenceUntil: string;
  deliverables: string;
  from: string;
  to: string;
  brokerPartyId: string;
  expiresOn: string;
  note: string;
}

const NOTHING: TermsValues = {
  contractType: 'licence',
  contractSubType: 'patent-licence',
  contractValueFen: '',
  technologyValueFen: '',
  paymentMethod: 'lump-sum-in-instalments',
  paymentText: '',
  royaltyRate: '',
  royaltyBase: 'net-sales',
  entryFeeFen: '0',
  royaltyCapFen: '',
  deferred: false,
  deferredUntil: '',
  deferredJudged: '',
  milestones: [],
  exclusivity: 'ordinary',
  territory: '',
  licenceUntil: '',
  deliverables: '',
  from: '',
  to: '',
  brokerPartyId: '',
  expiresOn: '',
  note: '',
};

/** The form begins with what is on the table: only what changes is typed. */
export const valuesOf = (terms: Terms | null): TermsValues => {
  if (terms === null) return NOTHING;
  const { royalty, deferredPayment, licence } = terms;
  return {
    ...NOTHING,
    contractType: terms.contractType,
    contractSubType: terms.contractSubType,
    contractValueFen: terms.contractValueFen,
    technologyValueFen: terms.technologyValueFen,
    paymentMethod: terms.payment.method,
    paymentText: terms.payment.text,
    royaltyRate: royalty ? String(royalty.rateBp / 100) : '',
    royaltyBase: royalty?.base ?? 'net-sales',
    entryFeeFen: royalty?.entryFeeFen ?? '0',
    royaltyCapFen: royalty?.capFen ?? '',
    deferred: deferredPayment !== undefined,
    deferredUntil: deferredPayment?.freeUntil ?? '',
    deferredJudged: deferredPayment?.judgedBy ?? '',
    milestones: (terms.milestones ?? []).map((m) => ({ ...m, amountFen: m.amountFen ?? '' })),
    exclusivity: licence?.exclusivity ?? 'ordinary',
    territory: licence?.territory ?? '',
    licenceUntil: licence?.until ?? '',
    deliverables: terms.deliverables,
    from: terms.performance.from,
    to: terms.performance.to,
    brokerPartyId: terms.brokerPartyId ?? '',
  };
};

const orNull = (text: string): string | null => (text === '' ? null : text);

/** A rate in percent as whole basis points; what is no number is sent to be refused as 0. */
const bpOf = (percent: string): number => Math.round(Number(percent) * 100) || 0;

export const hasRoyalty = (method: string): boolean => method.includes('royalty');

const royaltyOf = (values: TermsValues) => ({
  royalty: {
    rateBp: bpOf(values.royaltyRate),
    base: values.royaltyBase,
    entryFeeFen: values.entryFeeFen === '' ? '0' : values.entryFeeFen,
    capFen: orNull(values.royaltyCapFen),
  },
});

/** What is sent; whether it may be, the market says in its own sentences. */
export const termsOf = (values: TermsValues): TermsInput =>
  ({
    contractType: values.contractType,
    contractSubType: values.contractSubType,
    contractValueFen: values.contractValueFen,
    technologyValueFen: values.technologyValueFen,
    payment: { method: values.paymentMethod, text: values.paymentText },
    licence:
      values.contractType === 'licence'
        ? {
            exclusivity: values.exclusivity,
            territory: values.territory,
            until: orNull(values.licenceUntil),
          }
        : null,
    deliverables: values.deliverables,
    performance: { from: values.from, to: values.to },
    brokerPartyId: orNull(values.brokerPartyId),
    ...(hasRoyalty(values.paymentMethod) ? royaltyOf(values) : {}),
    ...(values.deferred
      ? { deferredPayment: { freeUntil: values.deferredUntil, judgedBy: values.deferredJudged } }
      : {}),
    ...(values.milestones.length > 0
      ? {
          milestones: values.milestones.map((m) => ({ ...m, amountFen: orNull(m.amountFen) })),
        }
      : {}),
  }) as TermsInput;

const FIELDS: Readonly<Record<string, FieldPath<TermsValues>>> = {
  'terms.payment.method': 'paymentMethod',
  'terms.payment.text': 'paymentText',
  'terms.licence.exclusivity': 'exclusivity',
  'terms.licence.territory': 'territory',
  'terms.licence.until': 'licenceUntil',
  'terms.performance.from': 'from',
  'terms.performance.to': 'to',
  'terms.royalty.rateBp': 'royaltyRate',
  'terms.royalty.entryFeeFen': 'entryFeeFen',
  'terms.royalty.capFen': 'royaltyCapFen',
  'terms.deferredPayment.freeUntil': 'deferredUntil',
  'terms.deferredPayment.judgedBy': 'deferredJudged',
  expiresOn: 'expiresOn',
  note: 'note',
};
const SAME_NAME: readonly FieldPath<TermsValues>[] = [
  'contractType',
  'contractSubType',
  'contractValueFen',
  'technologyValueFen',
  'deliverables',
  'brokerPartyId',
  'milestones',
];

/** Which control of the form a field of the request is. */
export const fieldOfTerms = (field: string): FieldPath<TermsValues> | null => {
  const named = FIELDS[field];
  if (named) return named;
  const milestone = /^terms\.milestones\.(\d+)\.(name|dueOn|amountFen)$/.exec(field);
  if (milestone)
    return `milestones.${Number(milestone[1])}.${milestone[2]}` as FieldPath<TermsValues>;
  return SAME_NAME.find((name) => field === `terms.${name}`) ?? null;
};
