import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import type { Submission } from '@jishi/contracts/ledger/registration';
import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import type { Role } from '@jishi/contracts/roles';
import { usccFrom } from '@jishi/contracts/uscc';
import { silentLog } from '@jishi/runtime/log';
import { testPeople } from '@jishi/runtime/testing/people';
import { createLedgerApp } from '../app.ts';
import type { LedgerDeps } from '../deps.ts';
import { openTestLedger } from '../store/log/testing.ts';

/** A party of its own for each label: eight digits are its organisation body. */
export const testParty = (body: string, district: PartyRef['district'] = 'sip'): PartyRef => {
  const key = { kind: 'domestic', uscc: usccFrom('91320594', body) } as const;
  return {
    ...{ partyId: partyIdOf(key), key, name: `测试单位${body}` },
    ...{ nature: 'enterprise', district },
  };
};

const hex64 = (): string => randomBytes(32).toString('hex');

export const testSubmission = (
  values: { contractValueFen?: string; technologyValueFen?: string } = {},
  parties: { seller?: PartyRef; buyer?: PartyRef } = {},
): Submission => {
  const seller = parties.seller ?? testParty('10000001');
  const buyer = parties.buyer ?? testParty('20000002', 'kunshan');
  return {
    contractId: newId(),
    public: {
      ...{ contractType: 'development', contractSubType: 'commissioned-development' },
      ...{ fieldCode: 'electronics', industryCode: 'C', isImport: false },
      ...{ sellerDistrict: seller.district, buyerDistrict: buyer.district },
      ...{ relatedParty: false, subcontract: false },
      ...{ signedOn: '2026-11-18', effectiveOn: '2026-11-18', publishedValueFen: null },
    },
    private: {
      ...{ title: '视觉检测算法开发', seller, buyer, broker: null },
      ...{ listingId: null, needId: null },
      contractValueFen: values.contractValueFen ?? '30000000',
      technologyValueFen: values.technologyValueFen ?? '28000000',
      contractTextHash: hex64(),
      form: null,
      attachments: [],
    },
  };
};

export const testReceipt = (amountFen: string) => ({
  ...{ commandId: newId(), receiptId: newId(), amountFen, receivedOn: '2026-11-19' },
  ...{ evidenceHash: hex64(), bankReference: 'REF-0001' },
});

/** A new key that signs heads, PKCS 8 in base64. */
export const testHeadKey = (): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64');

type Json = Record<string, unknown>;

/** The whole ledger over a database of its own, and people to call it with. */
export const openTestApp = async (label: string, changes: Partial<LedgerDeps> = {}) => {
  const ledger = await openTestLedger(label);
  const people = testPeople();
  let now = '2026-11-20T02:00:00.000Z';
  const { app, close, served } = await createLedgerApp({
    ...{ pool: ledger.pool, log: silentLog, newId, logKind: 'synthetic', clock: () => now },
    ...{ newSalt: () => randomBytes(32), trustedKeys: people.trustedKeys },
    ...{ headSigning: { key: testHeadKey() }, ...changes },
  });
  const call = async (
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    app.request(`/api/ledger${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const answer = async (response: Response): Promise<Json & { status: number }> => ({
    ...((await response.json()) as Json),
    status: response.status,
  });
  return {
    ...{ ...ledger, app, served, people, call },
    setNow: (instant: string): void => {
      now = instant;
    },
    as: async (person: Person, method: string, path: string, body?: unknown) =>
      answer(await call(method, path, await people.tokenFor(person, 'ledger'), body)),
    asService: async (
      service: 'market' | 'subsidy',
      actor: Person | null,
      method: string,
      path: string,
      body?: unknown,
    ) =>
      answer(await call(method, path, await people.serviceToken(service, 'ledger', actor), body)),
    person: (roles: readonly Role[], party?: PartyRef): Person =>
      people.person(roles, party?.partyId ?? null),
    end: async (): Promise<void> => {
      await close();
      await ledger.close();
    },
  };
};

export type TestApp = Awaited<ReturnType<typeof openTestApp>>;
