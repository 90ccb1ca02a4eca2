import { createHash } from 'node:crypto';
import type { BodyOf } from '@jishi/contracts/endpoint';
import { type Id, newId } from '@jishi/contracts/ids';
import { submitContract } from '@jishi/contracts/ledger/endpoints';
import type { Submission } from '@jishi/contracts/ledger/registration';
import * as api from '@jishi/contracts/market/paper-contracts';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type Instant } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { contractKey, declaredFacts } from '../../domain/import/contract-row.ts';
import { knownContract } from '../../domain/import/duplicates.ts';
import {
  correctable,
  correctedSubmission,
  ownSideOf,
  readCorrected,
} from '../../domain/import/paper-texts.ts';
import { inTenant } from '../../store/accounts/tenant.ts';
import { lockImportsOf } from '../../store/import/imports.ts';
import {
  insertPaperSubmission,
  isKeyTaken,
  listPapersOf,
  lockPaperOf,
  paperFilesOf,
  paperSubmissionsOf,
  type StoredPaper,
  saveCorrected,
} from '../../store/import/paper-contracts.ts';
import { putInOutbox } from '../../store/trade/outbox.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';
import {
  isNew,
  nextOf,
  partyOf,
  requireSideRole,
  type TradeContext,
  type Trader,
  traderOf,
} from '../trade-context.ts';
import { contractStreamOf } from '../trade-contract-views.ts';
import { requireDelivered, requireReturned } from '../trade-submitting.ts';
import { requireOwnPaper } from './paper-files.ts';
import { paperRows, paperView } from './paper-views.ts';

type Resubmission = BodyOf<typeof api.resubmitPaperContract>;

/** Every wrong column is said at once, each at its field. */
const correct = async (
  trx: TradeTrx,
  trader: Trader,
  paper: StoredPaper,
  values: Resubmission['values'],
  now: Instant,
): Promise<{ readonly submission: Submission; readonly key: string }> => {
  const given = new Set(correctable(paper.submission).map(({ key }) => key));
  for (const key of Object.keys(values)) {
    if (given.has(key)) continue;
    const [zh, en] = ['此列不能更正', 'This column cannot be corrected'] as const;
    throw refuseField('invalid-input', `values.${key}`, 'not-correctable', zh, en);
  }
  const owner = await partyOf(trx, trader);
  const context = { owner, today: businessDay(now) };
  const { value, problems } = readCorrected(paper.submission, values, context);
  if (!value) {
    const fields = problems.map(({ field, rule, zh, en }) => ({
      ...{ field: `values.${field}`, rule, zh, en },
    }));
    throw new Refusal('invalid-input', { fields });
  }
  const key = contractKey({ ...value.private, signedOn: value.public.signedOn });
  if (await isKeyTaken(trx, paper, key)) {
    const [, { zh, en }] = knownContract(key);
    throw refuseField('invalid-input', 'values.title', 'contract-known', zh, en);
  }
  const files = await paperFilesOf(trx, paper.id);
  const hashOfFacts = (row: typeof value): string =>
    createHash('sha256').update(declaredFacts(row)).digest('hex');
  return { submission: correctedSubmission(paper.id, value, files, hashOfFacts), key };
};

/** The corrected contract, what was sent, and the outbox row of it, or nothing of the three. */
const send = async (
  trx: TradeTrx,
  trader: Trader,
  paper: StoredPaper,
  body: Resubmission,
  now: Instant,
): Promise<void> => {
  const { submission, key } = await correct(trx, trader, paper, body.values, now);
  const { person } = trader;
  const { registrationVersion } = body;
  const commandId = newId();
  const files = await paperFilesOf(trx, paper.id);
  const made = await insertPaperSubmission(trx, {
    ...{ contractId: paper.id, organisationId: person.organisationId, registrationVersion },
    fileIds: files.filter(({ kind }) => kind !== 'receipt-evidence').map(({ id }) => id),
    ...{ commandId, userId: person.userId, at: now },
  });
  if (!made) {
    throw new Refusal('not-returned', {
      zh: '这次退回已经重新提交过',
      en: 'This return has been answered already',
    });
  }
  await saveCorrected(trx, paper.id, key, submission);
  const payload = submitContract.body.parse({ commandId, submission });
  const stream = contractStreamOf(paper.id);
  const row = { id: commandId, stream, afterStreams: [], kind: 'contract', payload } as const;
  await putInOutbox(trx, { ...row, actor: person }, now);
};

const resubmit = async (
  context: TradeContext,
  trx: TradeTrx,
  trader: Trader,
  contractId: Id,
  body: Resubmission,
): Promise<void> => {
  const now = context.clock();
  const { person } = trader;
  // As an import does: what it finds to be new stays new while this is decided.
  await lockImportsOf(trx, person.organisationId);
  const paper = await lockPaperOf(trx, person.organisationId, contractId);
  if (!paper) throw new Refusal('not-found');
  requireSideRole(person, ownSideOf(paper.submission));
  const { commandId } = body;
  const asking = { what: 'resubmit-paper', recordId: contractId, commandId, body };
  if (!(await isNew(trx, person, asking, now))) return;
  await requireDelivered(trx, contractId);
  await requireReturned(context, person, contractId, body.registrationVersion);
  await send(trx, trader, paper, body, now);
};

/** 纸质合同: imported, completed with its papers, and sent again after a return. */
export const servePaperContracts = ({ serve }: Service, context: TradeContext): void => {
  const { db } = context;
  serve(api.listPaperContracts, ({ query, principal }) => {
    const { person } = traderOf(principal);
    return inTenant(db, principal, async (trx) => {
      const found = await listPapersOf(trx, person.organisationId, query);
      const next = nextOf(
        found.map(({ id }) => id),
        query.limit,
      );
      return { items: await paperRows(trx, found), next };
    });
  });
  serve(api.readPaperContract, ({ params, principal }) => {
    const { person } = traderOf(principal);
    return inTenant(db, principal, async (trx) =>
      paperView(trx, await requireOwnPaper(trx, person, params.contractId)),
    );
  });
  serve(api.resubmitPaperContract, ({ params, body, principal }) => {
    const trader = traderOf(principal);
    const { contractId } = params;
    return inTenant(db, principal, async (trx) => {
      await resubmit(context, trx, trader, contractId, body);
      const sent = (await paperSubmissionsOf(trx, [contractId])).get(contractId) ?? [];
      const made = sent.find((s) => s.registrationVersion === body.registrationVersion);
      if (!made) throw new Error('the submission that was just made is not there');
      return made;
    });
  });
};
