import { createHash } from 'node:crypto';
import type { BodyOf } from '@jishi/contracts/endpoint';
import type { Id } from '@jishi/contracts/ids';
import type { ContractView } from '@jishi/contracts/market/contract';
import type { Side } from '@jishi/contracts/market/negotiation';
import * as api from '@jishi/contracts/market/trade';
import type { Person, Principal } from '@jishi/contracts/principal';
import { businessDay, type Instant } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { type Contract, declare, discard, sign } from '../domain/contract/contract.ts';
import * as negotiation from '../domain/negotiation/negotiation.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  insertContract,
  listContractsOf,
  lockContract,
  type StoredContract,
  saveContract,
} from '../store/trade/contracts.ts';
import { lockNegotiation, saveStep } from '../store/trade/negotiations.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { actingSide } from './trade-acting.ts';
import {
  isNew,
  nextOf,
  requireVersion,
  type TradeContext,
  type Trader,
  traderOf,
} from './trade-context.ts';
import { showContract, showContracts } from './trade-contract-views.ts';
import { tellOfSignature, tellOfStep } from './trade-notices.ts';
import { sendToLedger } from './trade-submitting.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

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
  const drawn = await saveStep(trx, stored, step, trader.person.userId);
  await tellOfStep(trx, drawn, step.entry, now);
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
      return showContract(trx, id, { partyId, today: businessDay(now) });
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
      return showContract(trx, id, { partyId: trader.partyId, today: businessDay(now) });
    });
  });
  serve(api.listContracts, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { partyId } = traderOf(principal);
      const found = await listContractsOf(trx, partyId, query);
      const items = await showContracts(trx, found, { partyId, today: businessDay(clock()) });
      const ids = items.map((item) => item.contractId);
      return { items, next: nextOf(ids, query.limit) };
    }),
  );
  serve(api.readContract, ({ params, principal }) =>
    inTenant(db, principal, (trx) =>
      showContract(trx, params.contractId, {
        partyId: traderOf(principal).partyId,
        today: businessDay(clock()),
      }),
    ),
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
      await tellOfSignature(trx, contract, side, now);
      if (contract.status !== 'signed') return;
      await sendToLedger(trx, { ...stored, contract }, { person, now, registrationVersion: 0 });
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
