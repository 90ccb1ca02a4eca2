import type { ContractType } from '@jishi/contracts/codes';
import type { Submission } from '@jishi/contracts/ledger/registration';
import type { FileKind } from '@jishi/contracts/market/files';
import type { FormInput, MissingItem } from '@jishi/contracts/market/registration-papers';
import type { PartyRef } from '@jishi/contracts/party';
import type { Contract } from './contract.ts';
import { missingFields } from './registration-form.ts';

/** What decides which proofs are asked for; of a contract signed here, or on paper. */
interface Case {
  readonly terms: { readonly contractType: ContractType };
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
}

type PlanSaid = Pick<FormInput, 'planSource'>;

interface Proof {
  readonly kind: FileKind;
  readonly need: 'always' | 'when-so';
  readonly zh: string;
  readonly en: string;
  readonly asked: (contract: Case, values: PlanSaid) => boolean;
}

const isAboutRights = ({ terms }: Case): boolean =>
  terms.contractType === 'transfer' || terms.contractType === 'licence';

/**
 * What the desk asks for, by contract. Sources: materials named by the Torch Center's answers
 * (authorisation, authority's consent), the attachments of the 登记表 (proof of rights, letter of
 * commitment), and the draft rule's articles on brokerage (evidence of the broker's part). The
 * final text of the rules in force was not found: a list to be warned by, never a ground to refuse.
 */
const PROOFS: readonly Proof[] = [
  {
    kind: 'ip-proof',
    need: 'always',
    zh: '转让、许可合同应附权利证明(专利证书、登记证书或技术秘密说明)',
    en: 'A transfer or licence comes with proof of the rights (certificate or description)',
    asked: isAboutRights,
  },
  {
    kind: 'commitment',
    need: 'always',
    zh: '承诺书:所报内容真实、合同已生效',
    en: 'Letter of commitment: what is stated is true and the contract is in force',
    asked: () => true,
  },
  {
    kind: 'approval',
    need: 'always',
    zh: '列入国家、部门或省市计划的项目应附主管部门同意文件',
    en: "A project of a government plan comes with the authority's consent",
    asked: (_, { planSource }) => planSource !== null && planSource !== 'none',
  },
  {
    kind: 'broker-agreement',
    need: 'always',
    zh: '有中介方的合同应附中介协议(三方合同或服务合同)',
    en: "A contract with a broker comes with the broker's agreement",
    asked: ({ broker }) => broker !== null,
  },
  {
    kind: 'authorisation',
    need: 'when-so',
    zh: '由内设机构或课题组签订的,应附法人授权书',
    en: "Signed by a department or a research group: the legal person's authorisation",
    asked: ({ seller, buyer }) =>
      [seller, buyer].some(({ nature }) => nature === 'university' || nature === 'institute'),
  },
];

const missingProofs = (
  contract: Case,
  values: PlanSaid,
  kinds: ReadonlySet<FileKind>,
): MissingItem[] =>
  PROOFS.filter((p) => p.asked(contract, values) && !kinds.has(p.kind)).map(
    ({ kind, need, zh, en }) => ({ what: 'file', kind, need, zh, en }),
  );

const SCAN: MissingItem = {
  what: 'file',
  kind: 'contract-text',
  need: 'always',
  zh: '纸质合同应附合同文本扫描件(双方盖章)',
  en: 'A contract of paper comes with a scan of its text, sealed by both sides',
};

/** Of a contract of paper: its columns were whole when it was imported; the scan comes first. */
export const missingOfPaper = (
  { public: { contractType }, private: hidden }: Pick<Submission, 'public' | 'private'>,
  files: readonly { readonly kind: FileKind }[],
): MissingItem[] => {
  const kinds = new Set(files.map(({ kind }) => kind));
  const planSource = hidden.form?.planSource ?? null;
  return [
    ...(kinds.has('contract-text') ? [] : [SCAN]),
    ...missingProofs({ ...hidden, terms: { contractType } }, { planSource }, kinds),
  ];
};

/** Everything that is still to be brought, columns first; in the order in which it is asked for. */
export const missingPapers = (
  contract: Contract,
  values: FormInput,
  files: readonly { readonly kind: FileKind }[],
): MissingItem[] => {
  const kinds = new Set(files.map(({ kind }) => kind));
  return [
    ...missingFields(contract, values).map((field) => ({ what: 'form' as const, field })),
    ...missingProofs(contract, values, kinds),
  ];
};
