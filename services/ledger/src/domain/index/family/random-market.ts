import type { ContractFact } from './facts.ts';
import { contractOf, type Happening, openingOf } from './testing-market.ts';

/** One thing that a random market does; numbers pick among few parties, places and months. */
export interface Act {
  readonly does: 'register' | 'leave' | 'amend' | 'open' | 'renew' | 'close';
  readonly month: number;
  readonly day: number;
  readonly seller: number;
  readonly buyer: number;
  readonly place: number;
  readonly field: number;
  readonly value: number;
  readonly pick: number;
}

export const MONTHS = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'] as const;
const DISTRICTS = ['gusu', 'sip', 'kunshan'] as const;
const FIELDS = ['electronics', 'materials'] as const;
const REGIONS = [...DISTRICTS, 'outside', 'abroad'] as const;
const TYPES = ['service', 'licence'] as const;
const INDUSTRIES = ['C', 'I', 'M'] as const;

const at = <T>(list: readonly T[], index: number): T => {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('an empty list');
  return one;
};

const dayOf = ({ month, day }: Act): string =>
  `${at(MONTHS, month)}-${String((day % 28) + 1).padStart(2, '0')}`;

const contractFrom = (act: Act, id: string, listing: string | undefined): ContractFact =>
  contractOf(id, {
    registeredOn: dayOf(act),
    contractType: at(TYPES, act.pick),
    fieldCode: at(FIELDS, act.field),
    industryCode: at(INDUSTRIES, act.pick),
    district: at(DISTRICTS, act.place),
    buyerRegion: at(REGIONS, act.place + act.buyer),
    isImport: act.pick % 7 === 6,
    relatedParty: act.pick % 11 === 10,
    technologyValueFen: BigInt(act.value) * 1_000_003n,
    contractValueFen: BigInt(act.value) * 1_100_003n,
    // Few parties, of whom some sell, some buy and some do both.
    sellerId: `p${act.seller % 5}`,
    buyerId: `p${3 + (act.buyer % 5)}`,
    origins: listing !== undefined && act.pick % 2 === 0 ? [listing] : [],
  });

/** What the acts come to: happenings that a ledger could have logged, and who is left in it. */
export const playActs = (acts: readonly Act[], named = '') => {
  const happenings: Happening[] = [];
  const standing = new Map<string, ContractFact>();
  const open: string[] = [];
  const listings: string[] = [];
  acts.forEach((act, i) => {
    const id = `${named}c${i}`;
    const known = [...standing.values()];
    const target = known.length === 0 ? undefined : at(known, act.pick);
    const listing = listings.length === 0 ? undefined : at(listings, act.pick);
    const openOne = open.length === 0 ? undefined : at(open, act.pick);
    if (act.does === 'register') {
      const contract = contractFrom(act, id, listing);
      standing.set(id, contract);
      happenings.push({ kind: 'registered', contract });
    } else if (act.does === 'leave' && target) {
      standing.delete(target.contractId);
      happenings.push({ kind: 'left', contractId: target.contractId });
    } else if (act.does === 'amend' && target) {
      const amended = contractFrom(act, target.contractId, listing);
      standing.set(target.contractId, { ...amended, registeredOn: target.registeredOn });
      happenings.push({ kind: 'amended', contract: amended });
    } else if (act.does === 'open') {
      const given = { district: at(DISTRICTS, act.place), fieldCode: at(FIELDS, act.field) };
      const industryCode = at(INDUSTRIES, act.pick);
      const opening = { ...given, industryCode, openedOn: dayOf(act), expiresOn: null };
      happenings.push({ kind: 'opened', listing: openingOf(`${named}l${i}`, opening) });
      open.push(`${named}l${i}`);
      listings.push(`${named}l${i}`);
    } else if (act.does === 'renew' && openOne) {
      happenings.push({ kind: 'renewed', listingId: openOne, expiresOn: dayOf(act) });
    } else if (act.does === 'close' && openOne) {
      open.splice(open.indexOf(openOne), 1);
      happenings.push({ kind: 'closed', listingId: openOne, closedOn: dayOf(act) });
    }
  });
  return { happenings, standing: [...standing.values()] };
};
