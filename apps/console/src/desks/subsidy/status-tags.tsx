import type { CaseStatus } from '@jishi/contracts/subsidy/case';
import type { ClawbackStatus } from '@jishi/contracts/subsidy/clawback';
import type { BatchStatus } from '@jishi/contracts/subsidy/payment';
import type { TraceLine } from '@jishi/contracts/subsidy/trace';
import { Tag, type Tone } from '../../kit/marks.tsx';
import { useAreaWords } from '../../words/area.ts';
import { subsidyWords } from './words.ts';

const CASE_TONES: Readonly<Record<CaseStatus, Tone>> = {
  open: 'plain',
  decided: 'info',
  approved: 'info',
  refused: 'plain',
  batched: 'info',
  instructed: 'info',
  paid: 'ok',
  closed: 'plain',
};

export const CaseTag = ({ status }: { status: CaseStatus }) => {
  const { w } = useAreaWords(subsidyWords);
  return <Tag tone={CASE_TONES[status]}>{w[`status.${status}`]}</Tag>;
};

const CLAIM_TONES: Readonly<Record<ClawbackStatus, Tone>> = {
  opened: 'warn',
  demanded: 'info',
  approved: 'warn',
  closed: 'ok',
  withdrawn: 'plain',
};

export const ClaimTag = ({ status }: { status: ClawbackStatus }) => {
  const { w } = useAreaWords(subsidyWords);
  return <Tag tone={CLAIM_TONES[status]}>{w[`cstatus.${status}`]}</Tag>;
};

const BATCH_TONES: Readonly<Record<BatchStatus, Tone>> = {
  prepared: 'plain',
  approved: 'info',
  settled: 'ok',
  cancelled: 'plain',
};

export const BatchTag = ({ status }: { status: BatchStatus }) => {
  const { w } = useAreaWords(subsidyWords);
  return <Tag tone={BATCH_TONES[status]}>{w[`bstatus.${status}`]}</Tag>;
};

type Known = NonNullable<TraceLine['status']>;

const KNOWN_TONES: Readonly<Record<Known, Tone>> = {
  VERIFIED: 'ok',
  OFFICIAL: 'info',
  SINGLE_SOURCE: 'warn',
  DRAFT: 'draft',
  ASSUMPTION: 'warn',
};

/** How well a figure or a rule is known: 已核验 · 官方 · 单一来源 · 草案 · 假设. */
export const KnownTag = ({ status }: { status: Known }) => {
  const { w } = useAreaWords(subsidyWords);
  return <Tag tone={KNOWN_TONES[status]}>{w[`known.${status}`]}</Tag>;
};
