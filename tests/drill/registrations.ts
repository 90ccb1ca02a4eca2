import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { client } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import {
  acceptRegistration,
  approveRegistration,
  confirmReceipt,
  confirmSecondReview,
  readRegistration,
  recordReceipt,
  submitContract,
  verifyReceipt,
} from '@jishi/contracts/ledger/endpoints';
import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import type { ServiceName } from '@jishi/contracts/roles';
import { patientFetch } from '@jishi/contracts/session';
import { businessDay } from '@jishi/contracts/time';
import { usccFrom } from '@jishi/contracts/uscc';
import { parsePrivateKey, signPersonToken, signServiceToken } from '@jishi/runtime/tokens';
import { codeBodyIn, hashIn } from '../journey/run-state.ts';
import type { Offices } from './audit.ts';
import type { Installation } from './kills.ts';

/** Each receipt: ¥38,765.43. At 2 % about ¥775, so that the ceiling falls inside the thousand. */
export const RECEIVED_FEN = 3_876_543n;

const partyOf = (run: string, key: string, name: string): PartyRef => {
  const uscc = usccFrom('91320594', codeBodyIn(run, key));
  const partyKey = { kind: 'domestic', uscc } as const;
  return {
    partyId: partyIdOf(partyKey),
    key: partyKey,
    name,
    nature: 'enterprise',
    district: 'sip',
  };
};

const memberOf = (party: PartyRef, roles: Person['roles']): Person => ({
  userId: newId(),
  organisationId: newId(),
  partyId: party.partyId,
  roles,
  organisationVerified: true,
});

/** The installation's own keys sign for market and for the two parties' people. */
const signers = async (dataDir: string) => {
  const key = async (name: string) =>
    parsePrivateKey((await readFile(join(dataDir, 'keys', name), 'utf8')).trim());
  const [people, market] = [await key('people-tokens'), await key('service-market')];
  return {
    person: (person: Person, audience: ServiceName) => signPersonToken(person, audience, people),
    market: (actor: Person) => signServiceToken('market', 'ledger', actor, market),
  };
};

export interface World {
  readonly baseUrl: string;
  readonly run: string;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly sellerCall: ReturnType<typeof client>;
  readonly buyerCall: ReturnType<typeof client>;
  readonly marketCall: ReturnType<typeof client>;
  readonly offices: Offices;
}

export const worldOf = async (
  installation: Pick<Installation, 'baseUrl' | 'dataDir'>,
  offices: Offices,
): Promise<World> => {
  const { baseUrl, dataDir } = installation;
  const run = newId();
  const [seller, buyer] = [partyOf(run, 's', '演练输出方'), partyOf(run, 'b', '演练吸纳方')];
  const sign = await signers(dataDir);
  const sellerPerson = memberOf(seller, ['listing-officer']);
  const buyerPerson = memberOf(buyer, ['buyer']);
  const call = (token: () => Promise<string>) => client({ baseUrl, token, fetch: patientFetch });
  return {
    baseUrl,
    run,
    seller,
    buyer,
    offices,
    sellerCall: call(() => sign.person(sellerPerson, 'ledger')),
    buyerCall: call(() => sign.person(buyerPerson, 'ledger')),
    marketCall: call(() => sign.market(sellerPerson)),
  };
};

/** One registered contract of the party with one verified receipt. */
export const registerOne = async (world: World, n: number): Promise<void> => {
  const day = businessDay(new Date().toISOString());
  const contractId = newId();
  const receiptId = newId();
  const value = RECEIVED_FEN.toString();
  const desk = world.offices.registrar.on('ledger');
  const submitted = await world.marketCall(submitContract, {
    body: {
      commandId: newId(),
      submission: {
        contractId,
        public: {
          contractType: 'development',
          contractSubType: 'commissioned-development',
          fieldCode: 'electronics',
          industryCode: 'I',
          sellerDistrict: 'sip',
          buyerDistrict: 'sip',
          isImport: false,
          relatedParty: false,
          subcontract: false,
          signedOn: day,
          effectiveOn: day,
          publishedValueFen: null,
        },
        private: {
          title: `演练合同 ${n}`,
          listingId: null,
          needId: null,
          seller: world.seller,
          buyer: world.buyer,
          broker: null,
          contractValueFen: value,
          technologyValueFen: value,
          contractTextHash: hashIn(world.run, `text-${n}`),
        },
      },
    },
  });
  const params = { contractId };
  const accepted = await desk(acceptRegistration, {
    params,
    body: { commandId: newId(), version: submitted.version },
  });
  const approved = await desk(approveRegistration, {
    params,
    body: { commandId: newId(), version: accepted.version },
  });
  // A thousand small contracts of one pair: the rule against splitting asks for a second person.
  const { status } = await desk(readRegistration, { params, query: { atLeast: approved.seq } });
  if (status === 'first-reviewed') {
    await world.offices.seniorRegistrar.on('ledger')(confirmSecondReview, {
      params,
      body: { commandId: newId(), version: approved.version },
    });
  }
  await world.sellerCall(recordReceipt, {
    params,
    body: {
      commandId: newId(),
      receiptId,
      amountFen: value,
      receivedOn: day,
      evidenceHash: hashIn(world.run, `slip-${n}`),
      bankReference: `DRILL-${world.run.slice(-8)}-${n}`,
    },
  });
  const receipt = { contractId, receiptId };
  await world.buyerCall(confirmReceipt, { params: receipt, body: { commandId: newId() } });
  await desk(verifyReceipt, { params: receipt, body: { commandId: newId() } });
};
