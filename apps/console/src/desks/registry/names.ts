import type { CodeEntry, ContractType } from '@jishi/contracts/codes';
import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import type { RegistrationStatus, SourceStatus } from '@jishi/contracts/ledger/registration';
import type { PartyRef } from '@jishi/contracts/party';
import type { Tone } from '../../kit/marks.tsx';
import type { Language } from '../../words/words.tsx';
import type { RegistryWords } from './words.ts';

/** The name of a code in a published list; a code that is not in it stands for itself. */
export const nameIn = (list: readonly CodeEntry[], code: string, language: Language): string =>
  list.find((entry) => entry.code === code)?.[language] ?? code;

export const contractTypeName = (code: ContractType, language: Language): string => {
  const entry = CONTRACT_TYPES.find((type) => type.code === code);
  if (!entry) return code;
  return language === 'zh' ? `技术${entry.shortZh}` : entry.en;
};

export const subTypeName = (code: string, language: Language): string =>
  nameIn(
    CONTRACT_TYPES.flatMap((type) => type.subTypes),
    code,
    language,
  );

const STATUS_TONES: Readonly<Record<RegistrationStatus, Tone>> = {
  submitted: 'plain',
  returned: 'warn',
  accepted: 'info',
  'first-reviewed': 'info',
  registered: 'ok',
  refused: 'bad',
  deregistered: 'warn',
  revoked: 'bad',
};
export const statusTone = (status: RegistrationStatus): Tone => STATUS_TONES[status];
export const statusName = (status: RegistrationStatus, w: RegistryWords): string =>
  w[`status.${status}`];

/** How far a rule can be trusted: said with its value everywhere. */
const SOURCE_TONES: Readonly<Record<SourceStatus, Tone>> = {
  OFFICIAL: 'ok',
  SINGLE_SOURCE: 'info',
  DRAFT: 'draft',
  ASSUMPTION: 'warn',
};
export const sourceTone = (status: SourceStatus): Tone => SOURCE_TONES[status];

/** 统一社会信用代码, or country and registered name, or the last of a person's reference. */
export const partyCode = ({ key }: PartyRef): string => {
  switch (key.kind) {
    case 'domestic':
      return key.uscc;
    case 'foreign':
      return `${key.country} · ${key.registeredName}`;
    case 'person':
      return `…${key.subjectRef.slice(-8)}`;
  }
};
