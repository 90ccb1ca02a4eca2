import type { Id } from '@jishi/contracts/ids';
import type { NegotiationView, Side, Terms } from '@jishi/contracts/market/negotiation';
import * as api from '@jishi/contracts/market/trade';
import type { PartyRef } from '@jishi/contracts/party';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type Instant } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import * as negotiation from '../domain/negotiation/negotiation.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import { findDecline, keepDecline } from '../store/trade/broker-declines.ts';
import {
  addParticipant,
  findNegotiation,
  lockNegotiation,
  removeBroker,
  type StoredNegotiation,
  saveStep,
} from '../store/trade/negotiations.ts';
import { findParty } from '../store/trade/parties.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import {
  isNew,
  requireSideRole,
  requireVersion,
  type TradeContext,
  type Trader,
  traderOf,
} from './trade-context.ts';
import { tellOfStep } from './trade-notices.ts';
import { showNegotiation } from './trade-rooms.ts';
import { sideOf } from './trade-views.ts';

interface ActBody {
  readonly commandId: Id;
  readonly version: number;
}

type Work = (
  trx: TradeTrx,
  stored: StoredNegotiation,
  by: { readonly side: Side | 'broker'; readonly trader: Trader; readonly now: Instant },
) => Promise<StoredNegotiation>;

/** A broker named in an offer is an organisation that is known here; who it may be, domain says. */
const requireKnownBroker = async (trx: TradeTrx, { brokerPartyId }: Terms): Promise<void> => {
  if (brokerPartyId === null || (await findParty(trx, brokerPartyId))) return;
  throw refuseField(
    'broker-not-third-party',
    'terms.brokerPartyId',
    'known-organisation',
    '中介方应为已登记的单位',
    'The broker is an organisation that is known here',
  );
};

/** From agreement on the broker named in the terms takes part, and is asked. */
const inviteBroker = async (
  trx: TradeTrx,
  stored: StoredNegotiation,
  addedBy: Id,
): Promise<PartyRef | null> => {
  const brokerPartyId = stored.state.openOffer?.terms.brokerPartyId ?? null;
  if (brokerPartyId === null) return null;
  await addParticipant(trx, stored.id, 'broker', brokerPartyId, addedBy);
  return (await findParty(trx, brokerPartyId)) ?? null;
};

const acts = (context: TradeContext) => {
  const run = (
    what: string,
    id: Id,
    body: ActBody,
    principal: Principal | undefined,
    work: Work,
  ): Promise<NegotiationView> => {
    const trader = traderOf(principal);
    return inTenant(context.db, principal, async (trx) => {
      const now = context.clock();
      const reader = { partyId: trader.partyId, today: businessDay(now) };
      const asking = { what, recordId: id, commandId: body.commandId, body };
      if (!(await isNew(trx, trader.person, asking, now))) {
        const declined = await findDecline(trx, trader.partyId, body.commandId);
        return declined ?? showNegotiation(trx, await findNegotiation(trx, id), reader);
      }
      const stored = await lockNegotiation(trx, id);
      const side = sideOf(stored, trader.partyId);
      if (side !== 'broker') requireSideRole(trader.person, side);
      requireVersion(body.version, stored.state.version);
      const after = await work(trx, stored, { side, trader, now });
      const declined = await findDecline(trx, trader.partyId, body.commandId);
      return declined ?? showNegotiation(trx, after, reader);
    });
  };
  /** An act of the seller or the buyer; to the broker there is nothing to act on. */
  const bySide = (
    what: string,
    id: Id,
    body: ActBody,
    principal: Principal | undefined,
    decide: (
      trx: TradeTrx,
      stored: StoredNegotiation,
      side: Side,
      now: Instant,
      trader: Trader,
    ) => Promise<{ step: negotiation.Step; broker?: PartyRef | null }>,
  ): Promise<NegotiationView> =>
    run(what, id, body, principal, async (trx, stored, { side, trader, now }) => {
      if (side === 'broker') throw new Refusal('role-missing');
      const { step, broker = stored.broker } = await decide(trx, stored, side, now, trader);
      const saved = await saveStep(trx, { ...stored, broker }, step, trader.person.userId);
      await tellOfStep(trx, saved, step.entry, now);
      return saved;
    });
  return { run, bySide };
};

export const serveNegotiations = (service: Service, context: TradeContext): void => {
  const { serve } = service;
  const { run, bySide } = acts(context);
  serve(api.makeOffer, ({ params, body, principal }) =>
    bySide('offer', params.negotiationId, body, principal, async (trx, stored, by, now) => {
      await requireKnownBroker(trx, body.terms);
      const { offerId, terms, note, expiresOn } = body;
      const made = { offerId, by, terms, ...(expiresOn === null ? {} : { expiresOn }) };
      return { step: negotiation.offer(stored.state, made, now, note) };
    }),
  );
  serve(api.acceptOffer, ({ params, body, principal }) =>
    bySide('accept', params.negotiationId, body, principal, async (trx, stored, by, now, me) => {
      const step = negotiation.accept(stored.state, by, body.offerId, now);
      return { step, broker: await inviteBroker(trx, stored, me.partyId) };
    }),
  );
  serve(api.rejectOffer, ({ params, body, principal }) =>
    bySide('reject', params.negotiationId, body, principal, async (_, stored, by, now) => ({
      step: negotiation.reject(stored.state, by, body, now),
    })),
  );
  serve(api.withdrawNegotiation, ({ params, body, principal }) =>
    bySide('withdraw', params.negotiationId, body, principal, async (_, stored, by, now) => ({
      step: negotiation.withdraw(stored.state, by, body.reasons, now),
    })),
  );
  serve(api.answerAsBroker, ({ params, body, principal }) =>
    run('broker', params.negotiationId, body, principal, async (trx, stored, by) => {
      if (by.side !== 'broker') throw new Refusal('role-missing');
      const step = negotiation.answerAsBroker(stored.state, body.confirm, by.now);
      const broker = body.confirm ? stored.broker : null;
      const saved = await saveStep(trx, { ...stored, broker }, step, by.trader.person.userId);
      await tellOfStep(trx, saved, step.entry, by.now);
      const view = { ...saved, broker: stored.broker };
      if (body.confirm) return view;
      // The answer still shows the broker its own refusal, whenever it asks the same again; beyond
      // that there is nothing for it from now on.
      const { partyId } = by.trader;
      const answer = await showNegotiation(trx, view, { partyId, today: businessDay(by.now) });
      await keepDecline(trx, { partyId, commandId: body.commandId, answer, at: by.now });
      await removeBroker(trx, stored.id, partyId);
      return view;
    }),
  );
};
