import { createHash } from 'node:crypto';
import type { BodyOf } from '@jishi/contracts/endpoint';
import { type Id, newId } from '@jishi/contracts/ids';
import { submitContract } from '@jishi/contracts/ledger/endpoints';
import type { ContractView } from '@jishi/contracts/market/contract';
import type { Side } from '@jishi/contracts/market/negotiation';
import * as api from '@jishi/contracts/market/trade';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { type Contract, declare, discard, sign } from '../domain/contract/contract.ts';
import { submissionOf } from '../domain/contract/submission.ts';
import * as negotiation from '../domain/negotiation/negotiation.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  findContract,
  insertContract,
  listContractsOf,
  lockContract,
  type StoredContract,
  saveContract,
} from '../store/trade/contracts.ts';
import { lockNegotiation, saveStep } from '../store/trade/negotiations.ts';
import { deliveriesOf, putInOutbox } from '../store/trade/outbox.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import {
  isNew,
  nextOf,
  requireSideRole,
  requireVersion,
  type TradeContext,
  type Trader,
  traderOf,
} from './trade-context.ts';
import { contractView, sideOf } from './trade-views.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const streamOf = (contractId: Id): string => `contract:${contractId}`;

const showAll = async (
  trx: TradeTrx,
  found: readonly StoredContract[],
  partyId: Id,
): Promise<ContractView[]> => {
  const streams = found.map(({ contract }) => streamOf(contract.contractId));
  const deliveries = await deliveriesOf(trx, streams);
  return found.map((stored) => {
    const { contract } = stored;
    const delivery = deliveries.get(streamOf(contract.contractId));
    return contractView(stored, sideOf(contract, partyId), delivery);
  });
};

const show = async (trx: TradeTrx, id: Id, partyId: Id): Promise<ContractView> => {
  const stored = await findContract(trx, id);
  const [view] = stored ? await showAll(trx, [stored], partyId) : [];
  if (!view) throw new Refusal('not-found');
  return view;
};

/** The side on which a trader may act; the broker reads, and acts on nothing here. */
const actingSide = (record: Parameters<typeof sideOf>[0], { person, partyId }: Trader): Side => {
  const side = sideOf(record, partyId);
  if (side === 'broker') throw new Refusal('role-missing');
  requireSideRole(person, side);
  return side;
};

/** Written with the second signature; the ledger hears of the listing and the need first. */
const sendToLedger = async (
  trx: TradeTrx,
  contract: Contract,
  actor: Person,
  now: Instant,
): Promise<void> => {
  const commandId = newId();
  const { contractId, listingId, needId } = contract;
  const row = {
    id: commandId,
    stream: streamOf(contractId),
    afterStreams: [
      ...(listingId ? [`listing:${listingId}`] : []),
      ...(needId ? [`need:${needId}`] : []),
    ],
    kind: 'contract',
    payload: submitContract.body.parse({ commandId, submission: submissionOf(contract) }),
    actor,
  } as const;
  await putInOutbox(trx, row, now);
};

const draw = async (
  trx: TradeTrx,
  trader: Trader,
  body: BodyOf<typeof api.drawContract>,
  now: Instant,
): Promise<void> => {
  const stored = await lockNegotiation(trx, body.negotiationId);
  const side = actingSide(stored, trader);
  requireVersion(body.version, stored.state.version);
  const { terms, ...step } = negotiation.drawContract(stored.state, side, body.contractId, now);
  const { seller, buyer, broker, listingId, needId } = stored;
  const blank: Contract = {
    contractId: body.contractId,
    status: 'drawn',
    version: 0,
    head: body.head,
    terms,
    seller,
    buyer,
    broker,
    listingId,
    needId,
    declarations: { seller: null, buyer: null },
    text: null,
    contractTextHash: null,
    signatures: [],
    signedOn: null,
    effectiveOn: null,
  };
  const contract = declare(blank, side, body.declaration, sha256);
  await saveStep(trx, stored, step, trader.person.userId);
  await insertContract(trx, { negotiationId: stored.id, contract });
};

interface ActBody {
  readonly commandId: Id;
  readonly version: number;
}

type Work = (
  trx: TradeTrx,
  stored: StoredContract,
  by: { readonly side: Side; readonly person: Person; readonly now: Instant },
) => Promise<void>;

const actOn =
  ({ db, clock }: TradeContext) =>
  (
    what: string,
    id: Id,
    body: ActBody,
    principal: Principal | undefined,
    work: Work,
  ): Promise<ContractView> => {
    const trader = traderOf(principal);
    const { person, partyId } = trader;
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      const asking = { what, recordId: id, commandId: body.commandId, body };
      if (await isNew(trx, person, asking, now)) {
        const stored = await lockContract(trx, id);
        const side = actingSide(stored.contract, trader);
        requireVersion(body.version, stored.contract.version);
        await work(trx, stored, { side, person, now });
      }
      return show(trx, id, partyId);
    });
  };

export const serveContracts = (service: Service, context: TradeContext): void => {
  const { serve } = service;
  const { db, clock } = context;
  const act = actOn(context);
  serve(api.drawContract, ({ body, principal }) => {
    const trader = traderOf(principal);
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      const { contractId: id } = body;
      const asking = { what: 'draw-contract', recordId: id, commandId: id, body };
      if (await isNew(trx, trader.person, asking, now)) await draw(trx, trader, body, now);
      return show(trx, id, trader.partyId);
    });
  });
  serve(api.listContracts, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { partyId } = traderOf(principal);
      const items = await showAll(trx, await listContractsOf(trx, partyId, query), partyId);
      const ids = items.map((item) => item.contractId);
      return { items, next: nextOf(ids, query.limit) };
    }),
  );
  serve(api.readContract, ({ params, principal }) =>
    inTenant(db, principal, (trx) => show(trx, params.contractId, traderOf(principal).partyId)),
  );
  serve(api.declareForContract, ({ params, body, principal }) =>
    act('declare', params.contractId, body, principal, async (trx, stored, { side }) => {
      const contract = declare(stored.contract, side, body.declaration, sha256);
      await saveContract(trx, { ...stored, contract }, undefined);
    }),
  );
  serve(api.signContract, ({ params, body, principal }) =>
    act('sign', params.contractId, body, principal, async (trx, stored, by) => {
      const { side, person, now } = by;
      const { contractTextHash } = body;
      const signing = { side, userId: person.userId, contractTextHash, at: now };
      const contract = sign(stored.contract, signing);
      await saveContract(trx, { ...stored, contract }, contract.signatures.at(-1));
      if (contract.status === 'signed') await sendToLedger(trx, contract, person, now);
    }),
  );
  serve(api.discardContract, ({ params, body, principal }) =>
    act('discard', params.contractId, body, principal, async (trx, stored, by) => {
      const contract = discard(stored.contract);
      await saveContract(trx, { ...stored, contract }, undefined);
      const room = await lockNegotiation(trx, stored.negotiationId);
      const step = negotiation.releaseContract(room.state, by.side, by.now);
      await saveStep(trx, room, step, by.person.userId);
    }),
  );
};
