import type { Region } from '@jishi/contracts/codes';
import { CHINA_COUNTRY_CODE } from '@jishi/contracts/ledger/registration-form';
import { type PartyNature, type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { bad } from './cell.ts';
import { readNature, readRegion } from './code-lists.ts';
import { type Country, readCountry, readUscc } from './identifiers.ts';
import { lengthWithin, type RowReader } from './row-reader.ts';

type Side = 'seller' | 'buyer';
const SIDE_ZH: Readonly<Record<Side, string>> = { seller: '卖方', buyer: '买方' };

/** The party's nature in our few words, from the form's tree; abroad everybody is foreign. */
const natureOf = (code: string): PartyNature => {
  if (code.startsWith('01')) return 'government';
  if (code.startsWith('022')) return 'university';
  if (code.startsWith('021')) return 'institute';
  if (code.startsWith('02')) return 'public-institution';
  return code.startsWith('03') ? 'association' : 'enterprise';
};

const NATURE_CODES: Readonly<Partial<Record<PartyNature, string>>> = {
  government: '010',
  university: '022',
  institute: '021',
  'public-institution': '024',
  association: '030',
};

const requireNature = (reader: RowReader, side: Side): void => {
  reader.report(
    `${side}Nature`,
    bad('required', `${SIDE_ZH[side]}性质不能为空`, `The nature of the ${side} is required`)
      .trouble,
  );
};

interface SideReading {
  readonly country: Country;
  readonly nature: string | undefined;
  readonly party: PartyRef | undefined;
}

const CHINA: Country = { code: CHINA_COUNTRY_CODE, iso: 'CN' };

/** The registration of the city takes contracts of its own organisations only. */
const requireInCity = (reader: RowReader, side: Side, { district }: PartyRef): void => {
  if (district !== 'outside' && district !== 'abroad') return;
  reader.report(
    `${side}District`,
    bad(
      'registrant-outside',
      `本单位登记在市外:由${SIDE_ZH[side]}所在地的登记机构登记,不在本市导入`,
      'Your organisation is outside the city: its contracts are registered where it has its seat',
    ).trouble,
  );
};

/** The organisation that imports, on its own side: what the row says of it must agree. */
const readOwnSide = (reader: RowReader, side: Side, owner: PartyRef): SideReading => {
  const uscc = reader.by(`${side}Uscc`, readUscc);
  if (uscc !== undefined && owner.key.kind === 'domestic' && uscc !== owner.key.uscc) {
    reader.report(
      `${side}Uscc`,
      bad(
        'not-own-contract',
        `${SIDE_ZH[side]}不是本单位:由卖方登记(进口合同由境内买方登记)`,
        'Not your organisation: the seller registers (the domestic buyer of an import)',
      ).trouble,
    );
  }
  const nature = reader.by(`${side}Nature`, readNature) ?? NATURE_CODES[owner.nature];
  if (nature === undefined) {
    reader.report(
      `${side}Nature`,
      bad('required', `${SIDE_ZH[side]}性质不能为空`, 'The nature of your side is required')
        .trouble,
    );
  }
  const district = reader.by(`${side}District`, readRegion);
  if (district !== undefined && district !== owner.district) {
    reader.report(
      `${side}District`,
      bad(
        'not-own-district',
        '与本单位登记的板块不一致',
        'Not the district under which your organisation is known here',
      ).trouble,
    );
  }
  requireInCity(reader, side, owner);
  return { country: CHINA, nature, party: owner };
};

const readForeign = (
  name: string | undefined,
  country: Country,
): { readonly key: PartyRef['key']; readonly district: Region } | undefined =>
  name === undefined
    ? undefined
    : {
        key: { kind: 'foreign', country: country.iso, registeredName: name },
        district: 'abroad',
      };

const readDomestic = (reader: RowReader, side: Side) => {
  const uscc = reader.by(`${side}Uscc`, readUscc);
  const district = reader.by(`${side}District`, readRegion);
  if (uscc === undefined && !reader.isGiven(`${side}Uscc`)) {
    reader.report(
      `${side}Uscc`,
      bad('required', '境内单位须填统一社会信用代码', 'A domestic organisation has a credit code')
        .trouble,
    );
  }
  return uscc === undefined || district === undefined
    ? undefined
    : { key: { kind: 'domestic', uscc } as const, district };
};

const readOtherSide = (reader: RowReader, side: Side, country: Country): SideReading => {
  const name = reader.text(`${side}Name`);
  lengthWithin(reader, `${side}Name`, name, { min: 2, max: 200 });
  const isForeign = country.code !== CHINA_COUNTRY_CODE;
  const nature = reader.by(`${side}Nature`, readNature);
  if (nature === undefined && !reader.isGiven(`${side}Nature`)) requireNature(reader, side);
  const found = isForeign ? readForeign(name, country) : readDomestic(reader, side);
  if (!found || name === undefined || nature === undefined) {
    return { country, nature, party: undefined };
  }
  const partyNature = isForeign ? 'foreign' : natureOf(nature);
  return {
    country,
    nature,
    party: { partyId: partyIdOf(found.key), name, nature: partyNature, ...found },
  };
};

/** Both sides: one is the organisation that imports, and the row must agree with it. */
export const readSides = (reader: RowReader, owner: PartyRef) => {
  const sellerCountry = reader.by('sellerCountry', readCountry) ?? CHINA;
  const isImport = sellerCountry.code !== CHINA_COUNTRY_CODE;
  const buyerCountry = reader.by('buyerCountry', readCountry) ?? CHINA;
  const seller = isImport
    ? readOtherSide(reader, 'seller', sellerCountry)
    : readOwnSide(reader, 'seller', owner);
  const buyer = isImport
    ? readOwnSide(reader, 'buyer', owner)
    : readOtherSide(reader, 'buyer', buyerCountry);
  if (seller.party && seller.party.partyId === buyer.party?.partyId) {
    reader.report(
      'buyerUscc',
      bad('same-party', '买方与卖方是同一单位', 'Buyer and seller are one organisation').trouble,
    );
  }
  return { seller, buyer, isImport };
};
