import { createHash } from 'node:crypto';
import type { DistrictCode, Region } from '@jishi/contracts/codes';
import { codesOfDistrict } from '@jishi/contracts/districts';
import { type PartyKey, type PartyNature, type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { usccFrom } from '@jishi/contracts/uscc';
import { BUYER_PLACE, BUYERS, DISTRICT_MIX } from './calibration.ts';
import type { Random } from './random.ts';

/** A synthetic party with the person who acts for it. */
export interface Player {
  readonly ref: PartyRef;
  readonly userId: string;
  readonly organisationId: string;
}

const FIRST = '云柏澄岚曜衡穹禾砚汀澈霁翎榆珩沐苇璟朔溪'.split('');
const SECOND = '帆舟宁图序川域源微桥迅擎拓航峤灵瀚域芯阔'.split('');
const TRADES = ['精密', '智能', '新材料', '生物', '信息', '能源', '环境', '光电', '装备', '医药'];
const KIND: Readonly<Record<PartyNature, readonly string[]>> = {
  enterprise: ['科技有限公司', '股份有限公司', '技术有限公司'],
  university: ['大学', '理工学院', '职业技术学院'],
  institute: ['研究院', '研究所'],
  'public-institution': ['技术中心', '检测中心'],
  association: ['行业协会'],
  government: ['管理局', '建设局'],
  person: [''],
  foreign: [' GmbH', ' Inc.', ' Ltd.'],
};
const DEPARTMENT: Readonly<Partial<Record<PartyNature, string>>> = {
  enterprise: '91',
  association: '51',
  government: '11',
};
const OTHER_CITIES = ['310115', '330106', '110108', '340104', '440305', '420111'];
const COUNTRIES = ['DE', 'JP', 'US', 'KR', 'SG', 'FR'];

/** Says of itself that it is made up: no real organisation has such a name. */
const nameOf = (random: Random, nature: PartyNature, serial: number): string => {
  const stem = `${random.pick(FIRST)}${random.pick(SECOND)}`;
  const trade = nature === 'enterprise' || nature === 'institute' ? random.pick(TRADES) : '';
  return `示例${stem}${trade}${random.pick(KIND[nature])}${serial}`;
};

const keyOf = (random: Random, nature: PartyNature, region: Region, serial: number): PartyKey => {
  if (region === 'abroad') {
    const registeredName = `Example ${serial}${random.pick(KIND.foreign)}`;
    return { kind: 'foreign', country: random.pick(COUNTRIES), registeredName };
  }
  const place =
    region === 'outside'
      ? random.pick(OTHER_CITIES)
      : (codesOfDistrict(region, '2024-01-01')[0] ?? '320500');
  // Bodies begin with Y: real organisation codes are far from there.
  const body = `Y${serial.toString().padStart(7, '0')}`;
  return { kind: 'domestic', uscc: usccFrom(`${DEPARTMENT[nature] ?? '12'}${place}`, body) };
};

const uuidFor = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A person or organisation of the synthetic world, by name: a pseudonym like any other. */
export const actorOf = (name: string) => ({
  kind: 'person' as const,
  userId: uuidFor(`${name} user`),
  organisationId: uuidFor(`${name} organisation`),
});

export interface World {
  readonly seller: (nature: PartyNature) => Player;
  readonly buyer: () => Player;
  readonly buyerInCity: () => Player;
  readonly foreignSeller: () => Player;
  readonly broker: () => Player;
}

const SELLERS_PER_CONTRACT = { enterprise: 0.09, university: 0.0015, institute: 0.006 } as const;
const BUYERS_PER_CONTRACT = 0.22;

/**
 * The parties of a history of a size. Some trade often and most seldom (the choice is squared
 * towards the front), as in every register.
 */
export const createWorld = (random: Random, contracts: number): World => {
  let serial = random.whole(1_000, 9_000) * 1_000;
  const make = (nature: PartyNature, district: Region): Player => {
    serial += 1;
    const key = keyOf(random, nature, district, serial);
    const named = district === 'abroad' && key.kind === 'foreign' ? key.registeredName : null;
    const partyId = partyIdOf(key);
    const name = named ?? nameOf(random, nature, serial);
    const { userId, organisationId } = actorOf(partyId);
    return { ref: { partyId, key, name, nature, district }, userId, organisationId };
  };
  const many = (share: number, least: number, one: () => Player): readonly Player[] =>
    Array.from({ length: Math.max(least, Math.round(contracts * share)) }, one);
  const inCity = (): DistrictCode => random.weighted(DISTRICT_MIX);
  const sellers = {
    enterprise: many(SELLERS_PER_CONTRACT.enterprise, 40, () => make('enterprise', inCity())),
    university: many(SELLERS_PER_CONTRACT.university, 12, () => make('university', inCity())),
    institute: many(SELLERS_PER_CONTRACT.institute, 12, () => make('institute', inCity())),
  };
  const buyers = many(BUYERS_PER_CONTRACT, 80, () => {
    const place = random.weighted(BUYER_PLACE);
    const nature = place === 'abroad' ? 'foreign' : random.weighted(BUYERS);
    return make(nature, place === 'city' ? inCity() : place);
  });
  const cityBuyers = buyers.filter(
    ({ ref }) => ref.district !== 'outside' && ref.district !== 'abroad',
  );
  const brokers = many(0.002, 8, () => make('enterprise', inCity()));
  const foreign = many(0.004, 6, () => make('foreign', 'abroad'));
  const front = (players: readonly Player[]): Player => {
    const player = players[Math.floor(random.next() ** 2 * players.length)];
    if (!player) throw new Error('no party');
    return player;
  };
  return {
    seller: (nature) =>
      front(
        nature === 'university' || nature === 'institute' ? sellers[nature] : sellers.enterprise,
      ),
    buyer: () => front(buyers),
    buyerInCity: () => front(cityBuyers),
    foreignSeller: () => random.pick(foreign),
    broker: () => random.pick(brokers),
  };
};
