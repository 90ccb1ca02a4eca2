import { readRegistration } from '@jishi/contracts/ledger/endpoints';
import { confirmChange, proposeChange } from '@jishi/contracts/ledger/registry-endpoints';
import { listCases, registerPayeeAccount } from '@jishi/contracts/subsidy/endpoints';
import { eventually, receive, register } from '@jishi/seeds/stories/desk-steps';
import type { PeopleMarket } from './market.ts';
import { bringToDesk, contractIdOf, steps, today, type Wanted } from './registry-contracts.ts';

/** A contract registered and paid for; its buyer's case waits for an officer. */
export const bringCase = async (
  market: PeopleMarket,
  wanted: Wanted & { readonly receivedFen: string },
): Promise<string> => {
  await bringToDesk(market, wanted);
  const registrar = market.as('registrar').on('ledger');
  const seniorRegistrar = market.as('senior-registrar').on('ledger');
  await register(steps, { registrar, seniorRegistrar }, wanted.name);
  const sides = {
    seller: market.as('listing-officer').on('ledger'),
    buyer: market.as('buyer').on('ledger'),
    registrar,
  };
  const slip = `people:${wanted.name}:slip`;
  const payment = { amountFen: wanted.receivedFen, receivedOn: today(), slip };
  await receive(steps, sides, wanted.name, payment);
  const query = { contractId: contractIdOf(wanted.name), role: 'buyer' as const };
  return eventually('the case of the buyer', async () => {
    const { items } = await market.as('subsidy-officer').on('subsidy')(listCases, { query });
    return items[0]?.caseId;
  });
};

/** The buyer says where it is paid to, in its own name. */
export const bringAccount = async (market: PeopleMarket, accountName: string): Promise<void> => {
  await market.as('buyer').on('subsidy')(registerPayeeAccount, {
    body: {
      commandId: steps.id('payee-account'),
      accountName,
      bankName: '示例银行苏州分行',
      accountNumber: '9999021102012345678',
    },
  });
};

/** A registrar proposes to revoke, a senior one who took no part before confirms. */
export const revoke = async (market: PeopleMarket, name: string): Promise<void> => {
  const contractId = contractIdOf(name);
  const changeId = steps.id(`${name}:revocation`);
  const proposer = market.as('registrar', 1).on('ledger');
  const { version } = await proposer(readRegistration, { params: { contractId } });
  const proposed = await proposer(proposeChange, {
    params: { contractId },
    body: {
      commandId: steps.id(`${name}:propose`),
      version,
      changeId,
      kind: 'revoke',
      amended: null,
      reasons: [{ code: 'false-material', note: '登记所依据的事实不实' }],
    },
  });
  await market.as('senior-registrar', 1).on('ledger')(confirmChange, {
    params: { contractId, changeId },
    body: { commandId: steps.id(`${name}:confirm`), version: proposed.version },
  });
};
