import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { client, ProblemAnswer } from '@jishi/contracts/client';
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
import { decideCase, listCases, readCase } from '@jishi/contracts/subsidy/endpoints';
import { businessDay } from '@jishi/contracts/time';
import { usccFrom } from '@jishi/contracts/uscc';
import { parsePrivateKey, signPersonToken, signServiceToken } from '@jishi/runtime/tokens';
import { codeBodyIn, hashIn } from '../journey/run-state.ts';
import type { Offices } from './audit.ts';
import type { Installation } from './kills.ts';
import { inParallel } from './parallel.ts';
import { startSecondSubsidy } from './second-process.ts';

const CASES_WITHIN_MS = 120_000;
/** Each receipt: ¥38,765.43. At 2 % about ¥775, so that the ceiling falls inside the thousand. */
const RECEIVED_FEN = 3_876_543n;
const CEILING_FEN = 50_000_000n;

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

interface World {
  readonly baseUrl: string;
  readonly run: string;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly sellerCall: ReturnType<typeof client>;
  readonly buyerCall: ReturnType<typeof client>;
  readonly marketCall: ReturnType<typeof client>;
  readonly offices: Offices;
}

const worldOf = async (installation: Installation, offices: Offices): Promise<World> => {
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
const registerOne = async (world: World, n: number): Promise<void> => {
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

const sellerCases = async (world: World) => {
  const found: { caseId: string; status: string; awardFen: string | null; version: number }[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await world.offices.decider.on('subsidy')(listCases, {
      query: { role: 'seller', limit: 200, ...(after ? { after } : {}) },
    });
    found.push(...page.items.filter((i) => i.partyId === world.seller.partyId));
    if (page.next === null) return found;
    after = page.next;
  }
};

const awaitCases = async (world: World, count: number) => {
  const untilMs = Date.now() + CASES_WITHIN_MS;
  for (;;) {
    const cases = await sellerCases(world);
    if (cases.length >= count) return cases;
    if (Date.now() > untilMs) throw new Error(`${cases.length} of ${count} cases opened`);
    await new Promise((done) => setTimeout(done, 500));
  }
};

export interface CapOutcome {
  readonly decisions: number;
  readonly awardedFen: string;
  readonly expectedFen: string;
  readonly processes: number;
}

/** A thousand decisions for one party at once, from two processes: exactly the ceiling is used. */
export const runCap = async (
  installation: Installation,
  offices: Offices,
  decisions: number,
  tell: (line: string) => void,
): Promise<CapOutcome> => {
  const world = await worldOf(installation, offices);
  tell(`registering ${decisions} contracts of one seller`);
  await inParallel(
    Array.from({ length: decisions }, (_, n) => n),
    (n) => registerOne(world, n),
  );
  const cases = await awaitCases(world, decisions);
  const second = await startSecondSubsidy(installation);
  tell(`deciding ${cases.length} cases at once through two processes`);
  try {
    const token = () => offices.decider.token('subsidy');
    const calls = [installation.baseUrl, second.url].map((baseUrl) =>
      client({ baseUrl, token, fetch: patientFetch, timeoutMs: 120_000 }),
    );
    const decide = async (caseId: string, version: number, n: number): Promise<void> => {
      const call = calls[n % 2] as (typeof calls)[number];
      await call(decideCase, { params: { caseId }, body: { commandId: newId(), version } });
    };
    const outcomes = await Promise.allSettled(cases.map((c, n) => decide(c.caseId, c.version, n)));
    const failed = outcomes.find((o) => o.status === 'rejected');
    if (failed) {
      const why = failed.reason instanceof ProblemAnswer ? failed.reason.message : failed.reason;
      throw new Error(`a decision failed: ${why}`);
    }
  } finally {
    second.stop();
  }
  const rateBp = await rateOf(world, cases[0]?.caseId ?? '');
  const share = (RECEIVED_FEN * BigInt(rateBp)) / 10_000n;
  const sum = share * BigInt(decisions);
  const after = await sellerCases(world);
  return {
    decisions: after.filter((c) => c.awardFen !== null).length,
    awardedFen: after.reduce((total, c) => total + BigInt(c.awardFen ?? '0'), 0n).toString(),
    expectedFen: (sum < CEILING_FEN ? sum : CEILING_FEN).toString(),
    processes: 2,
  };
};

const rateOf = async (world: World, caseId: string): Promise<number> => {
  const view = await world.offices.decider.on('subsidy')(readCase, { params: { caseId } });
  const rateBp = view.decision?.content.calculation?.rateBp;
  if (rateBp === undefined) throw new Error('a decided case has no rate');
  return rateBp;
};
