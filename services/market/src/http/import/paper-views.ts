import type { Id } from '@jishi/contracts/ids';
import type {
  PaperContractRow,
  PaperContractView,
  PaperField,
} from '@jishi/contracts/market/paper-contracts';
import type { SentSubmission } from '@jishi/contracts/market/registration-papers';
import { missingOfPaper } from '../../domain/contract/missing-papers.ts';
import type { FieldSpec } from '../../domain/import/field.ts';
import { correctable, ownSideOf, paperTexts } from '../../domain/import/paper-texts.ts';
import { paperSubmissionsOf, type StoredPaper } from '../../store/import/paper-contracts.ts';
import { deliveriesOf } from '../../store/trade/outbox.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';
import { contractStreamOf } from '../trade-contract-views.ts';
import { paperFileViews } from './paper-files.ts';

/** The import itself was the first sending; it had no files. */
const allSent = (paper: StoredPaper, later: readonly SentSubmission[]): SentSubmission[] => [
  { registrationVersion: 0, sentAt: paper.created_at, fileIds: [] },
  ...later,
];

export const paperRows = async (
  trx: TradeTrx,
  papers: readonly StoredPaper[],
): Promise<PaperContractRow[]> => {
  const ids: Id[] = papers.map(({ id }) => id);
  const deliveries = await deliveriesOf(trx, ids.map(contractStreamOf));
  const later = await paperSubmissionsOf(trx, ids);
  return papers.map((paper) => {
    const { public: open, private: hidden } = paper.submission;
    const { title, seller, buyer, contractValueFen, technologyValueFen } = hidden;
    return {
      ...{ contractId: paper.id, title, seller, buyer, contractValueFen, technologyValueFen },
      ...{ contractType: open.contractType, signedOn: open.signedOn, status: 'signed' },
      you: ownSideOf(paper.submission),
      importedAt: paper.created_at,
      contractTextHash: hidden.contractTextHash,
      delivery: deliveries.get(contractStreamOf(paper.id)) ?? null,
      submissions: allSent(paper, later.get(paper.id) ?? []),
    };
  });
};

/** Several kinds of rights may stand in one cell: these are written, not chosen. */
const SEVERAL = new Set(['ipKinds']);

const ELSEWHERE = { value: 'outside', zh: '市外', en: 'Outside the city' };

/** Chosen from a list that holds what stands there: codes of natures go deeper than the list. */
const fieldView = (spec: FieldSpec, text: string | undefined): PaperField => {
  const { list = [], key, zh, en, required, isAmount, hintZh, hintEn } = spec;
  const all = [
    ...list.map((entry) => ({ value: entry.code, zh: entry.zh, en: entry.en })),
    ...(key.endsWith('District') ? [ELSEWHERE] : []),
  ];
  const holds = text === undefined || all.some(({ value }) => value === text);
  const options = all.length > 0 && holds && !SEVERAL.has(key) ? all : null;
  return { key, zh, en, required, isAmount, hintZh, hintEn, options };
};

export const paperView = async (trx: TradeTrx, paper: StoredPaper): Promise<PaperContractView> => {
  const [row] = await paperRows(trx, [paper]);
  if (!row) throw new RangeError('no row of a contract of paper');
  const fields = correctable(paper.submission);
  const texts = paperTexts(paper.submission);
  const files = await paperFileViews(trx, paper);
  const shown = fields.flatMap(({ key }) => {
    const text = texts[key];
    return text === undefined ? [] : [[key, text] as const];
  });
  return {
    ...row,
    importId: paper.import_id,
    row: paper.row_number,
    files,
    missing: missingOfPaper(paper.submission, files),
    fields: fields.map((field) => fieldView(field, texts[field.key])),
    values: Object.fromEntries(shown),
  };
};
