import { listReceipts, searchRegistered } from '@jishi/contracts/ledger/registry-endpoints';
import type { DeskReceipt } from '@jishi/contracts/ledger/registry-lists';
import { refuseField } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import { readHead } from '../store/head.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { type FoundReceipt, listReceiptRows, totalReceipts } from '../store/receipts.ts';
import { readRegistered, totalRegistered } from '../store/registered.ts';
import { cursorOf, type Desk, readCursor, registeredRow } from './desk-rows.ts';
import { type DeskDeps, deskOf } from './registration-desk.ts';

/** GET /registered-contracts: search, the newest first, with totals of all that is found. */
const serveSearch = (service: Service, deps: DeskDeps): void => {
  const { db, rules } = deps;
  service.serve(searchRegistered, async ({ principal, query }) => {
    const { after, limit, atLeast, ...filter } = query;
    const place = readCursor(after);
    await waitForCursor(db, REGISTRATIONS_CURSOR, atLeast);
    const { fromFen } = rules.list.value;
    const found = await readRegistered(db, filter, fromFen, {
      after: place && { registeredOn: place[0], contractId: place[1] },
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const desk = deskOf(deps, principal);
    const isMore = found.length > limit && last?.registeredOn;
    return {
      items: page.map((document) => registeredRow(desk, document)),
      next: isMore ? cursorOf(last.registeredOn ?? '', last.contractId) : null,
      totals: await totalRegistered(db, filter, fromFen),
      head: await readHead(db),
    };
  });
};

const receiptRow = ({ reader }: Desk, { document, receiptId }: FoundReceipt): DeskReceipt[] => {
  const { registrationNumber, private: hidden, pendingChange, receipts } = document;
  const receipt = receipts.find((one) => one.receiptId === receiptId);
  if (!receipt || registrationNumber === null) return [];
  const { handledBy, seq: _, ...shown } = receipt;
  const verified = receipts.filter(({ status }) => status === 'verified');
  const { userId } = reader;
  return [
    {
      ...{ contractId: document.contractId, contractVersion: document.version },
      ...{ registrationNumber, title: hidden.title },
      seller: { partyId: hidden.seller.partyId, name: hidden.seller.name },
      buyer: { partyId: hidden.buyer.partyId, name: hidden.buyer.name },
      technologyValueFen: hidden.technologyValueFen,
      verifiedFen: `${verified.reduce((sum, one) => sum + BigInt(one.amountFen), 0n)}`,
      ...shown,
      pendingReversal: pendingChange?.receiptId === receiptId,
      mayVerify: userId !== null && shown.status === 'confirmed' && !handledBy.includes(userId),
    },
  ];
};

const readSeq = (after: string | undefined): number | undefined => {
  if (after === undefined) return undefined;
  if (/^\d{1,15}$/.test(after)) return Number(after);
  throw refuseField('invalid-input', 'after', 'cursor', '翻页标记有误', 'Not a page marker');
};

/** GET /receipts: of all contracts in one state, the longest waiting first. */
const serveReceiptList = (service: Service, deps: DeskDeps): void => {
  const { db } = deps;
  service.serve(listReceipts, async ({ principal, query }) => {
    const { status, limit, atLeast } = query;
    const after = readSeq(query.after);
    await waitForCursor(db, REGISTRATIONS_CURSOR, atLeast);
    const found = await listReceiptRows(db, { status, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const desk = deskOf(deps, principal);
    return {
      items: page.flatMap((receipt) => receiptRow(desk, receipt)),
      next: found.length > limit ? `${page.at(-1)?.seq ?? 0}` : null,
      totals: await totalReceipts(db, status),
      head: await readHead(db),
    };
  });
};

export const serveRegisteredContracts = (service: Service, deps: DeskDeps): void => {
  serveSearch(service, deps);
  serveReceiptList(service, deps);
};
