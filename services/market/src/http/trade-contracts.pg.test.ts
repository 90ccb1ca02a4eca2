import { newId } from '@jishi/contracts/ids';
import * as trade from '@jishi/contracts/market/trade';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreedNegotiation, drawnContract, PLAIN, readyContract, signed } from './trade-story.ts';
import {
  commandAt,
  openTradeTrial,
  refusalOf,
  type Trader,
  type TradeTrial,
} from './trade-trial.ts';

let trial: TradeTrial;
let seller: Trader;
let buyer: Trader;
let stranger: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
beforeAll(async () => {
  trial = await openTradeTrial('trade_contracts');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  stranger = await trial.trader(['listing-officer', 'buyer', 'broker']);
  reviewer = await trial.officer(['exchange-operator']);
});
afterAll(() => trial.close());

describe('a contract', () => {
  test('is not signed before both have declared, nor over another text, nor twice', async () => {
    const drawn = await drawnContract(seller, await agreedNegotiation(seller, buyer, reviewer));
    const params = { contractId: drawn.contractId };
    const hash = 'a'.repeat(64);
    const sign = (by: Trader, version: number, contractTextHash = hash) =>
      refusalOf(
        by.call(trade.signContract, {
          params,
          body: { ...commandAt(version), contractTextHash },
        }),
      );
    expect(await sign(seller, 1)).toBe('contract-state');
    const declaration = { ...PLAIN, subcontract: true };
    await buyer.call(trade.declareForContract, { params, body: { ...commandAt(1), declaration } });
    expect(await sign(seller, 2)).toBe('contract-text-changed');
    const once = await signed(seller, drawn.contractId);
    expect(await sign(seller, 3, once.contractTextHash ?? '')).toBe('contract-state');
    const change = { ...commandAt(3), declaration: PLAIN };
    expect(await refusalOf(buyer.call(trade.declareForContract, { params, body: change }))).toBe(
      'contract-state',
    );
    await signed(buyer, drawn.contractId);
    expect(
      await refusalOf(seller.call(trade.discardContract, { params, body: commandAt(4) })),
    ).toBe('contract-state');
  });

  test('is signed for a side by a person with that right, and by no stranger', async () => {
    const ready = await readyContract(seller, buyer, reviewer);
    const clerk = await trial.signIn(
      { ...buyer.person, userId: newId(), roles: ['listing-officer'] },
      buyer.partyId,
    );
    expect(await refusalOf(signed(clerk, ready.contractId))).toBe('role-missing');
    expect(await refusalOf(signed(stranger, ready.contractId))).toBe('not-found');
  });

  test('that is discarded leaves the agreed terms for the next one', async () => {
    const ready = await readyContract(seller, buyer, reviewer);
    const params = { contractId: ready.contractId };
    await buyer.call(trade.discardContract, { params, body: commandAt(ready.version) });
    const room = await seller.call(trade.readNegotiation, {
      params: { negotiationId: ready.negotiationId },
    });
    expect(room).toMatchObject({ status: 'agreed', contractId: null });
    expect(await drawnContract(buyer, room)).toMatchObject({ status: 'drawn' });
  });
});
