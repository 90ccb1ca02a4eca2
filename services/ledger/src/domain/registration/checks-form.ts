import type { AttachmentKind, IpKind } from '@jishi/contracts/ledger/registration-form';
import type { SystemCheck } from '@jishi/contracts/ledger/registry';
import { readPatentNumber } from '@jishi/contracts/patent';
import { type Checked, found } from './check.ts';

/** Checks of the 登记表 and of what is attached. */

const FORM = { code: 'form', titleZh: '登记表', titleEn: 'Registration form' };

/** There is one, and a transfer tells the expected investment and output. */
const formCheck = ({ public: open, private: { form } }: Checked): SystemCheck => {
  const at = { field: 'private.form' };
  if (!form) return found(FORM, 'warn', ['没有随附登记表', 'There is no form'], at);
  const isTransfer = open.contractType === 'transfer';
  if (isTransfer && (form.newInvestmentFen === null || form.newOutputFen === null)) {
    return found(
      FORM,
      'warn',
      ['转让合同须填预计新增投入和产值', 'A transfer tells new investment and output'],
      { field: 'private.form.newInvestmentFen' },
    );
  }
  return found(FORM, 'ok', ['登记表各栏齐全', 'All columns are there']);
};

const PATENTS = { code: 'patents', titleZh: '专利号', titleEn: 'Patent numbers' };
const PATENT_KINDS: readonly IpKind[] = ['invention', 'utility-model', 'design'];

/** Form, era and check digit of every number; whether it is in force nobody here can tell. */
const patentsCheck = ({ private: { form } }: Checked): SystemCheck => {
  if (!form) return found(PATENTS, 'unknown', ['没有登记表', 'There is no form']);
  const wrong = form.patentNumbers.findIndex((text) => readPatentNumber(text) === undefined);
  if (wrong >= 0) {
    const text = form.patentNumbers[wrong] ?? '';
    return found(PATENTS, 'fail', [`号码有误:${text}`, `Not a valid number: ${text}`], {
      field: `private.form.patentNumbers.${wrong}`,
    });
  }
  if (form.patentNumbers.length > 0) {
    return found(PATENTS, 'ok', [
      '号码的位数、类型和校验位均正确(是否有效须另查)',
      'Form, type and check digit are right (validity is not checked)',
    ]);
  }
  if (form.ipKinds.some((kind) => PATENT_KINDS.includes(kind))) {
    return found(PATENTS, 'warn', ['涉及专利而未列号码', 'Patents are named without a number'], {
      field: 'private.form.patentNumbers',
    });
  }
  return found(PATENTS, 'ok', ['不涉及专利', 'No patent is involved']);
};

export const formChecks = (checked: Checked): readonly SystemCheck[] => [
  formCheck(checked),
  patentsCheck(checked),
];

const IP_PROOF = { code: 'ip-proof', titleZh: '权属证明', titleEn: 'Proof of rights' };
const TEXT = { code: 'contract-text', titleZh: '合同文本', titleEn: 'Contract text' };

const hasAttachment = ({ private: hidden }: Checked, kind: AttachmentKind): boolean =>
  hidden.attachments.some((attachment) => attachment.kind === kind);

/** Transfer and licence: proof of rights attached (draft rule; Torch FAQ: proof missing). */
const ipProofCheck = (checked: Checked): SystemCheck => {
  const { contractType } = checked.public;
  if (contractType !== 'transfer' && contractType !== 'licence') {
    return found(IP_PROOF, 'ok', ['此类合同不要求', 'Not asked of this type']);
  }
  return hasAttachment(checked, 'ip-proof')
    ? found(IP_PROOF, 'ok', ['已附', 'Attached'])
    : found(IP_PROOF, 'fail', ['转让、许可合同须附权属证明', 'A transfer or licence needs it'], {
        field: 'private.attachments',
      });
};

/** On paper nobody here saw both sign: the text must be there, and a person must open it. */
const paperTextCheck = (hasText: boolean): SystemCheck => {
  const at = { field: 'private.attachments' };
  return hasText
    ? found(
        TEXT,
        'unknown',
        [
          '合同在本系统外签订:须打开所附文本核对签章与各栏',
          'Signed outside this system: open the attached text and compare it',
        ],
        at,
      )
    : found(TEXT, 'fail', ['纸面合同须附合同文本', 'A contract on paper brings its text'], at);
};

/** The text that both signed is known by its hash; an import brings a (Chinese) copy. */
const textCheck = (checked: Checked): SystemCheck => {
  const { public: open, private: hidden } = checked;
  const texts = hidden.attachments.filter(({ kind }) => kind === 'contract-text');
  const at = { field: 'private.attachments' };
  if (hidden.origin === 'paper') return paperTextCheck(texts.length > 0);
  if (open.isImport && texts.length === 0) {
    const words = [
      '进口合同须附合同文本(含中文)',
      'An import brings its text, and in Chinese',
    ] as const;
    return found(TEXT, 'fail', words, at);
  }
  const isSigned = texts.some(({ sha256 }) => sha256 === hidden.contractTextHash);
  if (texts.length > 0 && !isSigned) {
    return found(TEXT, 'warn', ['所附文本不是双方所签之文本', 'Not the text that was signed'], at);
  }
  return texts.length > 0
    ? found(TEXT, 'ok', ['所附即双方所签之文本', 'The text that both signed is attached'])
    : found(TEXT, 'ok', [
        '双方所签文本以哈希记录',
        'The text that both signed is known by its hash',
      ]);
};

export const attachmentChecks = (checked: Checked): readonly SystemCheck[] => [
  ipProofCheck(checked),
  textCheck(checked),
];
