import { randomBytes } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { type Account, type Session, signIn, signUp } from '@jishi/contracts/session';
import { listCases } from '@jishi/contracts/subsidy/endpoints';
import { organisationBody, usccFrom } from '@jishi/contracts/uscc';
import { bringListing, bringNeed, type Steps } from '@jishi/seeds/stories/trade-steps';
import { verifyOrganisations } from '@jishi/seeds/stories/verify-organisations';
import { readDemoAccounts } from '../../tests/journey/market-server.ts';
import type { Prepared } from '../k6/prepared.ts';
import { CONTACT, listingContent, needContent } from '../k6/records.ts';
import { inParallel, upTo } from './in-parallel.ts';
import type { LoadedMarket } from './own-market.ts';

const SELLERS = 6;
const BUYERS = 10;
export const AT_ONCE = 8;
const CASES_PAGE = 200;

interface Trader {
  readonly account: Account;
  readonly session: Session;
  readonly uscc: string;
}

/** Everybody who takes part, and what has been prepared for them. */
export interface Stage {
  readonly baseUrl: string;
  readonly officers: Pick<
    Prepared,
    'operators' | 'registrars' | 'seniorRegistrars' | 'subsidyOfficers'
  >;
  readonly operator: Session;
  readonly sellers: readonly Trader[];
  readonly buyers: readonly Trader[];
}

/** Ids by name, each made at its first use. */
export const stepsOf = (): Steps => {
  const ids = new Map<string, string>();
  return {
    id: (name) => {
      const known = ids.get(name) ?? newId();
      ids.set(name, known);
      return known;
    },
  };
};

const newTrader = async (
  baseUrl: string,
  n: number,
  nature: 'university' | 'enterprise',
): Promise<Trader> => {
  const [prefix, role] =
    nature === 'university' ? ['12320500', 'listing-officer'] : ['91320594', 'buyer'];
  const uscc = usccFrom(prefix, organisationBody(randomBytes(8)));
  // Not a secret: a throw-away account of a synthetic log.
  const account = {
    email: `${role}-${n}-${newId()}@load.example`,
    password: randomBytes(18).toString('base64url'),
  };
  const name = `压测${nature === 'university' ? '大学' : '公司'}${n}(${uscc.slice(-6)})`;
  const organisation = { kind: 'domestic', uscc, name, nature, district: 'sip' } as const;
  await signUp(baseUrl, account, '经办人', organisation, [role]);
  return { account, session: signIn(baseUrl, account), uscc };
};

export const setStage = async ({ baseUrl, dataDir }: LoadedMarket): Promise<Stage> => {
  const demo = await readDemoAccounts(dataDir);
  const withRole = (role: string): Account[] =>
    demo
      .filter(({ roles }) => roles.includes(role))
      .map(({ email, password }) => ({ email, password }));
  const first = (role: string): Session => {
    const [account] = withRole(role);
    if (!account) throw new Error(`the demo accounts have no ${role}`);
    return signIn(baseUrl, account);
  };
  const people = (count: number, nature: 'university' | 'enterprise') =>
    inParallel(upTo(count), 2, (n) => newTrader(baseUrl, n, nature));
  const sellers = await people(SELLERS, 'university');
  const buyers = await people(BUYERS, 'enterprise');
  const codes = [...sellers, ...buyers].map(({ uscc }) => uscc);
  // Only a verified organisation publishes and signs; tokens taken from now on say that it is.
  await verifyOrganisations(first('administrator'), codes, '压测用的虚构单位 made up for load');
  return {
    baseUrl,
    officers: {
      operators: withRole('exchange-operator'),
      registrars: withRole('registrar'),
      seniorRegistrars: withRole('senior-registrar'),
      subsidyOfficers: withRole('subsidy-officer'),
    },
    operator: first('exchange-operator'),
    sellers,
    buyers,
  };
};

export const pickOf = <T>(items: readonly T[], n: number): T => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error('nobody is there');
  return item;
};

/** Two results for each need, all reviewed and published. */
export const publishCorpus = async (stage: Stage, records: number): Promise<void> => {
  const steps = stepsOf();
  const reviewer = stage.operator.on('market');
  await inParallel(upTo(records), AT_ONCE, async (n) => {
    const name = `record ${n}`;
    if (n % 3 === 2) {
      const draft = { name, content: needContent(n), contact: CONTACT };
      await bringNeed(steps, pickOf(stage.buyers, n).session.on('market'), reviewer, draft);
    } else {
      const draft = { name, content: listingContent(n), contact: CONTACT };
      await bringListing(steps, pickOf(stage.sellers, n).session.on('market'), reviewer, draft);
    }
  });
};

/** Open subsidy cases of the history, as far as they are needed. */
export const findOpenCases = async (stage: Stage, count: number): Promise<string[]> => {
  const [officer] = stage.officers.subsidyOfficers;
  if (!officer) throw new Error('the demo accounts have no subsidy officer');
  const read = signIn(stage.baseUrl, officer).on('subsidy');
  const found: string[] = [];
  for (let after: string | undefined; found.length < count; ) {
    const query = { status: 'open' as const, limit: CASES_PAGE, ...(after ? { after } : {}) };
    const page = await read(listCases, { query });
    found.push(...page.items.map(({ caseId }) => caseId));
    if (!page.next) break;
    after = page.next;
  }
  return found.slice(0, count);
};
