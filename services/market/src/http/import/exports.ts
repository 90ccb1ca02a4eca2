import type { Id } from '@jishi/contracts/ids';
import type { SheetFormat } from '@jishi/contracts/market/import';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { Principal } from '@jishi/contracts/principal';
import type { OutRow } from '@jishi/workbook/xlsx-xml';
import {
  CONTRACT_EXPORT,
  type ContractExport,
  type ExportColumn,
  LISTING_EXPORT,
  NEED_EXPORT,
} from '../../domain/import/export-cells.ts';
import { paperContractsOf } from '../../store/import/imports.ts';
import { listOfOwner } from '../../store/trade/announcement-lists.ts';
import { contactsOf, type StoredAnnouncement } from '../../store/trade/announcements.ts';
import { listContractsOf, type StoredContract } from '../../store/trade/contracts.ts';
import { deliveriesOf } from '../../store/trade/outbox.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';
import { traderOf } from '../trade-context.ts';
import { type ImportContext, inImports } from './import-context.ts';
import { sheetAnswer } from './sheet-answer.ts';

const PAGE = 200;
const SYNTHETIC = '合成数据 · Synthetic data';

interface Paged<Row> {
  readonly rows: readonly Row[];
  readonly last: Id | undefined;
}

/** Page by page, each in a transaction of its own: however many there are, few are held. */
async function* paged<Row>(
  next: (after: Id | undefined) => Promise<Paged<Row>>,
): AsyncGenerator<Row> {
  let after: Id | undefined;
  do {
    const { rows, last } = await next(after);
    yield* rows;
    after = last;
  } while (after !== undefined);
}

async function* outRows<Row>(
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row>,
  isSynthetic: boolean,
): AsyncGenerator<OutRow> {
  if (isSynthetic) yield { cells: [{ value: SYNTHETIC, style: 'remark' }] };
  yield { cells: columns.map(({ zh }) => ({ value: zh, style: 'heading' as const })) };
  for await (const row of rows) yield { cells: columns.map(({ cell }) => cell(row)) };
}

/** One table as a file; a synthetic log says so in the first line and on the tab. */
const tableAnswer = <Row>(
  { isSynthetic, clock }: ImportContext,
  name: string,
  format: SheetFormat,
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row>,
): Response =>
  sheetAnswer(`${name}-${clock().slice(0, 10)}${isSynthetic ? '-合成数据' : ''}`, format, [
    {
      name: isSynthetic ? `${name} 合成数据` : name,
      rows: outRows(columns, rows, isSynthetic),
      widths: columns.map(({ width }) => width ?? 16),
      frozenRows: isSynthetic ? 2 : 1,
    },
  ]);

const lastOf = (ids: readonly Id[]): Id | undefined => (ids.length < PAGE ? undefined : ids.at(-1));

const announcements = <Row>(
  context: ImportContext,
  principal: Principal | undefined,
  kind: 'listing' | 'need',
  rowsOf: (trx: TradeTrx, found: readonly StoredAnnouncement[]) => Promise<Row[]>,
): AsyncGenerator<Row> => {
  // Asked here and not with the first page: a refusal comes before the answer begins.
  traderOf(principal);
  return paged((after) =>
    inImports(context, principal, async (trx, { partyId }) => {
      const found = await listOfOwner(trx, kind, partyId, { after, limit: PAGE });
      return { rows: await rowsOf(trx, found), last: lastOf(found.map(({ id }) => id)) };
    }),
  );
};

const shown = ({ id, state }: StoredAnnouncement) => ({
  id,
  status: state.status,
  openedOn: state.openedOn,
  expiresOn: state.expiresOn,
});

export const exportListings = (
  context: ImportContext,
  format: SheetFormat,
  principal: Principal | undefined,
): Response => {
  const rows = announcements(context, principal, 'listing', async (trx, found) => {
    const contacts = await contactsOf(
      trx,
      found.map(({ id }) => id),
    );
    return found.map((stored) => ({
      ...shown(stored),
      content: stored.content as ListingContent,
      contact: contacts.get(stored.id),
    }));
  });
  return tableAnswer(context, '成果', format, LISTING_EXPORT, rows);
};

export const exportNeeds = (
  context: ImportContext,
  format: SheetFormat,
  principal: Principal | undefined,
): Response => {
  const rows = announcements(context, principal, 'need', async (_, found) =>
    found.map((stored) => ({ ...shown(stored), content: stored.content as NeedContent })),
  );
  return tableAnswer(context, '需求', format, NEED_EXPORT, rows);
};

const marketContract = ({ contract }: StoredContract): Omit<ContractExport, 'delivery'> => {
  const { head, terms } = contract;
  const { contractType, contractSubType, contractValueFen, technologyValueFen } = terms;
  return {
    id: contract.contractId,
    source: 'market',
    status: contract.status,
    title: head.title,
    signedOn: contract.signedOn,
    effectiveOn: contract.effectiveOn,
    seller: contract.seller,
    buyer: contract.buyer,
    fieldCode: head.fieldCode,
    industryCode: head.industryCode,
    contractType,
    contractSubType,
    contractValueFen,
    technologyValueFen,
  };
};

const withDelivery = async (
  trx: TradeTrx,
  rows: readonly Omit<ContractExport, 'delivery'>[],
): Promise<ContractExport[]> => {
  const streamOf = (id: Id) => `contract:${id}`;
  const deliveries = await deliveriesOf(
    trx,
    rows.map(({ id }) => streamOf(id)),
  );
  return rows.map((row) => ({
    ...row,
    delivery: deliveries.get(streamOf(row.id))?.state ?? null,
  }));
};

async function* contracts(
  context: ImportContext,
  principal: Principal | undefined,
): AsyncGenerator<ContractExport> {
  yield* paged((after) =>
    inImports(context, principal, async (trx, { partyId }) => {
      const found = await listContractsOf(trx, partyId, { after, limit: PAGE });
      const last = lastOf(found.map(({ contract }) => contract.contractId));
      return { rows: await withDelivery(trx, found.map(marketContract)), last };
    }),
  );
  yield* paged((after) =>
    inImports(context, principal, async (trx, { person: { organisationId } }) => {
      const found = await paperContractsOf(trx, organisationId, {
        after,
        limit: PAGE,
      });
      const rows = found.map(({ contractId, public: open, private: hidden }) => ({
        ...open,
        ...hidden,
        id: contractId,
        source: 'paper' as const,
        status: 'signed' as const,
      }));
      const last = lastOf(found.map(({ contractId }) => contractId));
      return { rows: await withDelivery(trx, rows), last };
    }),
  );
}

export const exportContracts = (
  context: ImportContext,
  format: SheetFormat,
  principal: Principal | undefined,
): Response => tableAnswer(context, '合同', format, CONTRACT_EXPORT, contracts(context, principal));
