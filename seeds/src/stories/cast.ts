import { createHash, createHmac } from 'node:crypto';
import type { DistrictCode } from '@jishi/contracts/codes';
import { type PartyNature, partyIdOf } from '@jishi/contracts/party';
import { type Account, type Session, signIn, signUp } from '@jishi/contracts/session';
import { organisationBody, usccFrom } from '@jishi/contracts/uscc';
import { v5 } from 'uuid';
import { verifyOrganisations } from './verify-organisations.ts';

/** An account as the installation's demo file names it. */
export interface DemoAccount extends Account {
  readonly organisation: { readonly uscc: string | null };
  readonly roles: readonly string[];
}

/** A player of the story: signed in, with the party that it is. */
export interface Player {
  readonly session: Session;
  readonly partyId: string;
}

type Trade = 'listing-officer' | 'buyer' | 'broker';
type Nature = Extract<PartyNature, 'enterprise' | 'university' | 'institute'>;

interface Newcomer {
  readonly key: string;
  readonly name: string;
  readonly prefix: string;
  readonly nature: Nature;
  readonly district: DistrictCode;
  readonly role: Trade;
}

const newcomer = (
  key: string,
  name: string,
  nature: Nature,
  district: DistrictCode,
  prefix: string,
  role: Trade,
): Newcomer => ({ key, name, nature, district, prefix, role });

/** With the three traders of the demo accounts a dozen. All invented. */
const NEWCOMERS: readonly Newcomer[] = [
  newcomer(
    'gusu-university',
    '姑苏工程大学(示例)',
    'university',
    'gusu',
    '12320500',
    'listing-officer',
  ),
  newcomer(
    'optics-institute',
    '阳山光学研究所(示例)',
    'institute',
    'huqiu',
    '12320505',
    'listing-officer',
  ),
  newcomer(
    'bio-company',
    '独墅生物技术有限公司(示例)',
    'enterprise',
    'sip',
    '91320594',
    'listing-officer',
  ),
  newcomer(
    'kunshan-board',
    '昆山淀湖电路板有限公司(示例)',
    'enterprise',
    'kunshan',
    '91320583',
    'buyer',
  ),
  newcomer(
    'changshu-textile',
    '常熟虞山新材料有限公司(示例)',
    'enterprise',
    'changshu',
    '91320581',
    'buyer',
  ),
  newcomer(
    'zhangjiagang-steel',
    '张家港沙江特钢有限公司(示例)',
    'enterprise',
    'zhangjiagang',
    '91320582',
    'buyer',
  ),
  newcomer(
    'taicang-parts',
    '太仓浏河汽车部件有限公司(示例)',
    'enterprise',
    'taicang',
    '91320585',
    'buyer',
  ),
  newcomer(
    'wujiang-cable',
    '吴江平望光缆有限公司(示例)',
    'enterprise',
    'wujiang',
    '91320509',
    'buyer',
  ),
  newcomer(
    'wuzhong-broker',
    '吴中石湖技术转移有限公司(示例)',
    'enterprise',
    'wuzhong',
    '91320506',
    'broker',
  ),
];

const codeBody = (text: string): string =>
  organisationBody(createHash('sha256').update(text).digest());

const playerOf = (baseUrl: string, account: Account, uscc: string): Player => ({
  session: signIn(baseUrl, account),
  partyId: partyIdOf({ kind: 'domestic', uscc }),
});

export interface Cast {
  /** The id of a thing of this installation's story, by name. */
  readonly id: (name: string) => string;
  readonly player: (key: string) => Player;
  readonly office: (role: string, nth?: number) => Session;
}

/** Signs the newcomers up (again is fine) and signs everybody in. */
export const gatherCast = async (baseUrl: string, demo: readonly DemoAccount[]): Promise<Cast> => {
  // Story accounts get their passwords from this installation's own random ones.
  const secret = demo.map((account) => account.password).join('\n');
  const derive = (text: string): string =>
    createHmac('sha256', secret).update(text).digest('base64url').slice(0, 24);
  const players = new Map<string, Player>();
  for (const n of NEWCOMERS) {
    const account = { email: `${n.key}@story.example`, password: derive(n.key) };
    const uscc = usccFrom(n.prefix, codeBody(`story:${n.key}`));
    const organisation = {
      kind: 'domestic' as const,
      uscc,
      name: n.name,
      nature: n.nature,
      district: n.district,
    };
    await signUp(baseUrl, account, '经办人', organisation, [n.role]);
    players.set(n.key, playerOf(baseUrl, account, uscc));
  }
  const administrator = demo.find((account) => account.roles.includes('administrator'));
  if (!administrator) throw new Error('the demo accounts have no administrator');
  await verifyOrganisations(
    signIn(baseUrl, administrator),
    NEWCOMERS.map((n) => usccFrom(n.prefix, codeBody(`story:${n.key}`))),
    '合成故事中的单位',
  );
  const roles: [string, Trade][] = [
    ['demo-university', 'listing-officer'],
    ['demo-company', 'buyer'],
    ['demo-broker', 'broker'],
  ];
  for (const [key, role] of roles) {
    const account = demo.find((a) => a.roles.includes(role) && a.organisation.uscc);
    if (!account?.organisation.uscc) throw new Error(`the demo accounts have no ${role}`);
    players.set(key, playerOf(baseUrl, account, account.organisation.uscc));
  }
  const namespace = v5('story', v5(createHash('sha256').update(secret).digest('hex'), v5.URL));
  return {
    id: (name) => v5(name, namespace),
    player: (key) => {
      const found = players.get(key);
      if (!found) throw new Error(`nobody in the story is called ${key}`);
      return found;
    },
    office: (role, nth = 0) => {
      const account = demo.filter((a) => a.roles.includes(role))[nth];
      if (!account) throw new Error(`the demo accounts have no ${role} number ${nth + 1}`);
      return signIn(baseUrl, account);
    },
  };
};
