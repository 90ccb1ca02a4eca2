import type { Instant } from '@jishi/contracts/time';
import type { ContractFact } from './facts.ts';
import { ownText } from './known-texts.ts';

/** What the index takes of a registration. */
interface ContractText {
  readonly recordedAt: Instant;
  readonly schema: number;
  readonly contract: ContractFact;
}

/** Reads envelope and private part of a registration; null: they are not in the usual form. */
export type ContractReader = (envelope: string, privateText: string) => ContractText | null;

const WHOLE = '(?:0|[1-9]\\d*)';
const CHARACTERS = String.raw`[^"\\\x00-\x1f]*`;
/** Plain ASCII without quotes: the same in whatever way the bytes were read. */
const PLAIN = String.raw`[ !#-[\]-~]*`;

/** The texts of JSON, with patterns for values of few levels, where a quote is written so. */
const jsonWith = (quote: string) => {
  const text = `${quote}${CHARACTERS}${quote}`;
  const atom = `(?:${text}|true|false|null|-?${WHOLE})`;
  const listOf = (item: string, end: string) => `(?:${item}(?:,(?!${end})|(?=${end})))*${end}`;
  const pair = (value: string, but = '') => `${but}${quote}\\w+${quote}:${value}`;
  const object = (value: string, but = '') => `\\{${listOf(pair(value, but), '\\}')}`;
  const nested = (value: string) => `(?:${atom}|${object(value)}|\\[${listOf(value, '\\]')})`;
  return { text, atom, listOf, pair, object, nested };
};

/** The keys of a registration in the order in which the ledger writes them. */
const patternsWith = (quote: string) => {
  const { text, atom, pair, object, nested } = jsonWith(quote);
  const key = (name: string): string => `${quote}${name}${quote}:`;
  const plain = `${quote}(${PLAIN})${quote}`;
  const fen = `${quote}(\\d+)${quote}`;
  const orNull = (value: string): string => `(?:null|${value})`;
  const is = '(true|false)';
  const envelope = [
    `^\\{${key('seq')}${WHOLE},${key('recordedAt')}${plain},${key('stream')}${text},`,
    `${key('version')}${WHOLE},${key('type')}${quote}ContractRegistered${quote},`,
    `${key('schema')}(${WHOLE}),${key('id')}${text},${key('actor')}${object(atom)},`,
    `${key('data')}\\{${key('contractType')}${plain},${key('contractSubType')}${text},`,
    `${key('fieldCode')}${plain},${key('industryCode')}${plain},`,
    `${key('sellerDistrict')}${plain},${key('buyerDistrict')}${orNull(plain)},`,
    `${key('isImport')}${is},${key('relatedParty')}${is},${key('subcontract')}${is},`,
    `${key('signedOn')}${text},${key('effectiveOn')}${text},`,
    `${key('publishedValueFen')}${orNull(fen)},${key('contractId')}${plain},`,
    `${key('registrationNumber')}${text},${key('registeredOn')}${plain},`,
    `${key('valueBand')}${text}\\},${key('commit')}${orNull(text)}\\}$`,
  ];
  const read = 'partyId|facts|seller|buyer|listingId|needId|contractValueFen|technologyValueFen';
  const others = `(?!${quote}(?:${read})${quote})`;
  const party = `\\{${key('partyId')}${plain}(?:,${pair(nested(atom), others)})*\\}`;
  const more = pair(nested(nested(nested(atom))), others);
  const privatePart = [
    `^\\{${key('actor')}${object(atom)},${key('facts')}\\{${key('title')}${text},`,
    `${key('listingId')}${orNull(plain)},${key('needId')}${orNull(plain)},`,
    `${key('seller')}${party},${key('buyer')}${party},${key('broker')}${nested(nested(atom))},`,
    `${key('contractValueFen')}${fen},${key('technologyValueFen')}${fen}(?:,${more})*\\}\\}$`,
  ];
  return { envelope: new RegExp(envelope.join('')), privatePart: new RegExp(privatePart.join('')) };
};

/** Longer parts are not judged by pattern, which may take more room than there is. */
const LENGTH_MAX = 1 << 19;

/** Codes are few: the first text of each stands for all. */
const CODES_MAX = 10_000;
const codes = new Map<string, string>();
const codeOf = (part: string): string => {
  const known = codes.get(part);
  if (known !== undefined) return known;
  if (codes.size >= CODES_MAX) codes.clear();
  const own = ownText(part);
  codes.set(own, own);
  return own;
};

/**
 * A reader of registrations as the ledger writes them, for texts in which a quote is written so
 * (as a pattern). They are most of what an index reads, and parsing them whole, with names and
 * attachments, costs more than everything that is computed from them. It takes nothing that JSON
 * would not, and says of it the same.
 */
export const contractReader = (quote: string): ContractReader => {
  const patterns = patternsWith(quote);
  return (envelope, privateText) => {
    if (envelope.length > LENGTH_MAX || privateText.length > LENGTH_MAX) return null;
    const open = patterns.envelope.exec(envelope);
    const hidden = open && patterns.privatePart.exec(privateText);
    if (!open || !hidden) return null;
    const [, at = '', schema, contractType = '', field = '', industry = ''] = open;
    const [district = '', buyer, isImport, related, sub, published, id = '', on = ''] =
      open.slice(6);
    const [, listing, need, seller = '', buyerId = '', value = '', technology = ''] = hidden;
    return {
      recordedAt: ownText(at),
      schema: Number(schema),
      contract: {
        contractId: ownText(id),
        contractType: codeOf(contractType),
        fieldCode: codeOf(field),
        industryCode: codeOf(industry),
        district: codeOf(district),
        buyerRegion: codeOf(buyer ?? ''),
        isImport: isImport === 'true',
        relatedParty: related === 'true',
        subcontract: sub === 'true',
        isValuePublished: published !== undefined,
        contractValueFen: BigInt(value),
        technologyValueFen: BigInt(technology),
        sellerId: ownText(seller),
        buyerId: ownText(buyerId),
        origins: [listing, need].flatMap((origin) => (origin === undefined ? [] : ownText(origin))),
        registeredOn: ownText(on),
      },
    };
  };
};
