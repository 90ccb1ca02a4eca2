import { type Account, type Organisation, type Session, signIn } from '@jishi/contracts/session';
import { usccFrom } from '@jishi/contracts/uscc';
import { codeBodyIn, hashIn } from './run-state.ts';

/** Industrial Park, market supervision: companies. 12 + 320500: city-level public institutions. */
const COMPANY_PREFIX = '91320594';
const INSTITUTION_PREFIX = '12320500';

export interface Trader {
  readonly account: Account;
  readonly name: string;
  readonly organisation: Organisation;
  readonly roles: readonly string[];
}

const trader = (
  run: string,
  key: string,
  prefix: string,
  organisation: Omit<Organisation, 'kind' | 'uscc' | 'name'> & { label: string },
  roles: readonly string[],
): Trader => ({
  account: {
    email: `${key}-${run}@journey.example`,
    // Not a secret: a throw-away account of a synthetic log, made and used by this run alone.
    password: hashIn(run, `password:${key}`).slice(0, 32),
  },
  name: `${organisation.label}经办人`,
  organisation: {
    kind: 'domestic',
    uscc: usccFrom(prefix, codeBodyIn(run, key)),
    name: `${organisation.label}(${run.slice(-6)})`,
    nature: organisation.nature,
    district: organisation.district,
  },
  roles,
});

/** Three parties that never existed before this run. */
export const castOf = (run: string) => ({
  seller: trader(
    run,
    'seller',
    INSTITUTION_PREFIX,
    { label: '示例湖滨大学', nature: 'university', district: 'gusu' },
    ['listing-officer'],
  ),
  buyer: trader(
    run,
    'buyer',
    COMPANY_PREFIX,
    { label: '示例精密制造有限公司', nature: 'enterprise', district: 'kunshan' },
    ['buyer'],
  ),
  broker: trader(
    run,
    'broker',
    COMPANY_PREFIX,
    { label: '示例技术转移服务有限公司', nature: 'enterprise', district: 'sip' },
    ['broker'],
  ),
});
export type Cast = ReturnType<typeof castOf>;

/** An account of the installation's demo file. */
export interface DemoAccount extends Account {
  readonly roles: readonly string[];
}

const pick = (accounts: readonly DemoAccount[], role: string, nth: number): DemoAccount => {
  const found = accounts.filter((a) => a.roles.includes(role))[nth];
  if (!found) throw new Error(`the demo accounts have no ${role} number ${nth + 1}`);
  return found;
};

/** Everybody who takes part, as sessions: the three traders and the offices. */
export const company = (baseUrl: string, cast: Cast, demo: readonly DemoAccount[]) => {
  const office = (role: string, nth = 0): Session => signIn(baseUrl, pick(demo, role, nth));
  return {
    seller: signIn(baseUrl, cast.seller.account),
    buyer: signIn(baseUrl, cast.buyer.account),
    broker: signIn(baseUrl, cast.broker.account),
    operator: office('exchange-operator'),
    registrar: office('registrar'),
    seniorRegistrar: office('senior-registrar'),
    decider: office('subsidy-officer', 0),
    approver: office('subsidy-officer', 1),
    payer: office('finance-officer', 0),
    secondPayer: office('finance-officer', 1),
    auditor: office('auditor'),
    administrator: office('administrator'),
  };
};
export type Company = ReturnType<typeof company>;
