import { randomUUID } from 'node:crypto';
import { type Client, client, ProblemAnswer } from '@jishi/contracts/client';
import type { Region } from '@jishi/contracts/codes';
import { type Id, newId } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { Terms } from '@jishi/contracts/market/negotiation';
import { type PartyKey, type PartyNature, partyIdOf } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import type { Role } from '@jishi/contracts/roles';
import { systemClock } from '@jishi/contracts/time';
import { usccFrom } from '@jishi/contracts/uscc';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { testPeople } from '@jishi/runtime/testing/people';
import { createMarketApp } from '../app.ts';
import { MIGRATIONS } from '../store/migrations/all.ts';
import type { TradeTables } from '../store/trade/tables.ts';

export const LISTING: ListingContent = {
  title: '钛合金构件低应力磨削工艺',
  problemSolved: '薄壁件磨削后变形超差,返工多',
  summary: '以间歇进给与在线测温控制磨削热,使薄壁件变形减小。'.repeat(5),
  gain: { text: '变形量降低 37', unit: '%' },
  closestAlternative: '电解加工',
  trl: 6,
  trlEvidence: '在一条产线试用三个月',
  intellectualProperty: [{ kind: 'invention', number: 'ZL201310699744.2' }],
  fieldCode: 'manufacturing',
  industryCode: 'C',
  district: 'sip',
  dealTypes: ['licence'],
  price: { mode: 'negotiable' },
  venue: null,
};

export const NEED: NeedContent = {
  title: '薄壁件磨削变形控制',
  text: '壁厚 0.8 mm 的钛合金件磨削后变形不超过 0.02 mm,批量稳定。',
  fieldCode: 'manufacturing',
  industryCode: 'C',
  district: 'kunshan',
  trlWanted: 6,
  budgetFen: '200000000',
  dealTypes: ['licence'],
  deadline: null,
};

export const CONTACT = { name: '林工', phone: '0512-0000000', email: null };

export const TERMS: Terms = {
  contractType: 'licence',
  contractSubType: 'patent-licence',
  contractValueFen: '150000000',
  technologyValueFen: '120000000',
  payment: { method: 'lump-sum-in-instalments', text: '签约付 40%,验收付 60%' },
  licence: { exclusivity: 'ordinary', territory: '江苏省', until: '2030-12-31' },
  deliverables: '工艺文件一套,现场指导两次',
  performance: { from: '2026-12-01', to: '2027-11-30' },
  brokerPartyId: null,
};

/** The type of the refusal that a call ends in; a call that succeeds fails the test. */
export const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProblemAnswer) return error.type;
    throw error;
  }
  throw new Error('expected a refusal');
};

export interface Trader {
  readonly person: Person;
  readonly partyId: Id;
  readonly token: string;
  readonly call: Client;
}

let codes = 0;

/** A database whose serving role is bound by row-level security, as in an installation. */
const openWithServingRole = async (label: string) => {
  const database = await createTestDatabase(label);
  const name = new URL(database.url).pathname.slice(1);
  const owner = openPool({ url: database.url, poolSize: 4 });
  const password = randomUUID();
  await owner.query(`create role "${name}_app" login password '${password}' nobypassrls`);
  await migrateToLatest(openDatabase(owner), MIGRATIONS);
  const url = new URL(database.url);
  url.username = `${name}_app`;
  url.password = password;
  const serving = openPool({ url: url.toString(), poolSize: 8 });
  return {
    owner,
    serving,
    close: async () => {
      await serving.end();
      await owner.query(`drop owned by "${name}_app"`);
      await owner.query(`drop role "${name}_app"`);
      await owner.end();
      await database.drop();
    },
  };
};

interface TrialOptions {
  /** Made before, when a ledger of the test trusts them, too. */
  readonly people?: ReturnType<typeof testPeople>;
  readonly ledgerUrl?: string;
}

/** The market's app over such a database, with people of organisations made as wanted. */
export const openTradeTrial = async (
  label: string,
  { people = testPeople(), ledgerUrl }: TrialOptions = {},
) => {
  const { owner, serving, close } = await openWithServingRole(label);
  const now = { offsetMs: 0 };
  const clock = () => new Date(Date.parse(systemClock()) + now.offsetMs).toISOString();
  const { app, served } = createMarketApp({
    pool: serving,
    log: silentLog,
    clock,
    trustedKeys: people.trustedKeys,
    serviceKey: people.privateKeyOf('service:market'),
    peopleKey: people.privateKeyOf('jishi-people'),
    authSecret: 'trial secret of more than thirty-two characters',
    publicUrl: 'http://127.0.0.1:4000',
    ledgerUrl,
    health: [],
  });
  const admin = openDatabase<TradeTables>(owner);
  const send = (input: string | URL | Request, init?: RequestInit) =>
    Promise.resolve(app.request(String(input), init));
  const callWith = (token?: string): Client =>
    client({
      baseUrl: 'http://market.test',
      token: async () => token,
      fetch: send as typeof fetch,
    });

  const signIn = async (person: Person, partyId: Id): Promise<Trader> => {
    const token = await people.tokenFor(person, 'market');
    return { person, partyId, token, call: callWith(token) };
  };

  /** A person of a new organisation that is a party. */
  const trader = async (
    roles: readonly Role[],
    more: {
      readonly nature?: PartyNature;
      readonly district?: Region;
      readonly abroad?: true;
    } = {},
  ): Promise<Trader> => {
    const uscc = usccFrom('91320594', `TT${String(++codes).padStart(6, '0')}`);
    const name = `试验单位 ${codes}`;
    const key: PartyKey = more.abroad
      ? { kind: 'foreign', country: 'DE', registeredName: name }
      : { kind: 'domestic', uscc };
    const partyId = partyIdOf(key);
    const person = people.person(roles, partyId);
    await admin
      .insertInto('organisation')
      .values({
        id: person.organisationId,
        kind: key.kind === 'foreign' ? 'foreign' : 'domestic',
        name,
        uscc: key.kind === 'domestic' ? uscc : null,
        country: key.kind === 'foreign' ? 'DE' : null,
        party_id: partyId,
        nature: more.nature ?? 'enterprise',
        district: more.abroad ? 'abroad' : (more.district ?? 'sip'),
        verified: true,
        demo: false,
        created_at: clock(),
      })
      .execute();
    return signIn(person, partyId);
  };

  /** A person of an office, which is no party. */
  const officer = async (roles: readonly Role[]) => {
    const token = await people.tokenFor(people.person(roles), 'market');
    return { token, call: callWith(token) };
  };

  return {
    app,
    served,
    admin,
    serving,
    people,
    clock,
    now,
    trader,
    officer,
    signIn,
    anonymous: callWith(),
    close,
  };
};
export type TradeTrial = Awaited<ReturnType<typeof openTradeTrial>>;

export const commandAt = (version: number) => ({ commandId: newId(), version });
