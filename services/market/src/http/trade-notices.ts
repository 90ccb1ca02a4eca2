import type { Id } from '@jishi/contracts/ids';
import type { NegotiationEntry, Side } from '@jishi/contracts/market/negotiation';
import type { NotificationKind } from '@jishi/contracts/market/notifications';
import type { PartyRef } from '@jishi/contracts/party';
import type { Role } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import type { Contract } from '../domain/contract/contract.ts';
import { type Notice, notify } from '../store/notifications/notifications.ts';
import type { StoredNegotiation } from '../store/trade/negotiations.ts';
import { titlesOf } from '../store/trade/subject-titles.ts';
import type { TradeTrx } from '../store/trade/tables.ts';

type Reader = Side | 'broker';
const ROLES: Record<Reader, Role> = {
  seller: 'listing-officer',
  buyer: 'buyer',
  broker: 'broker',
};

interface Parties {
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
}

/** What each kind of step is to the others; the one who acted knows it. */
const KINDS: Record<NegotiationEntry['kind'], NotificationKind> = {
  opened: 'negotiation-opened',
  offered: 'offer-received',
  accepted: 'offer-accepted',
  rejected: 'offer-rejected',
  withdrawn: 'negotiation-ended',
  'broker-confirmed': 'broker-answered',
  'broker-declined': 'broker-answered',
  'contract-drawn': 'contract-drawn',
  'contract-discarded': 'contract-drawn',
};

const noticesFor = (
  parties: Parties,
  readers: readonly Reader[],
  notice: Omit<Notice, 'to' | 'role'>,
): Notice[] =>
  readers.flatMap((reader) => {
    const party = parties[reader];
    return party ? [{ ...notice, to: { partyId: party.partyId }, role: ROLES[reader] }] : [];
  });

const SIDES = ['seller', 'buyer'] as const;

/** Tells the other side of a step; a broker is told when it is asked. */
export const tellOfStep = async (
  trx: TradeTrx,
  stored: StoredNegotiation,
  entry: NegotiationEntry,
  now: Instant,
): Promise<void> => {
  const titles = await titlesOf(trx, [stored]);
  const { id, listingId, needId } = stored;
  const own = listingId ?? needId;
  const title = (own && titles.get(own)) ?? '';
  const subject = { type: 'negotiation', id } as const;
  const about = { subject, title, once: `negotiation:${id}:${entry.version}` };
  const others = SIDES.filter((side) => side !== entry.by);
  const isAsked = entry.kind === 'accepted' && entry.terms?.brokerPartyId != null;
  await notify(
    trx,
    [
      ...noticesFor(stored, others, { ...about, kind: KINDS[entry.kind] }),
      ...(isAsked ? noticesFor(stored, ['broker'], { ...about, kind: 'broker-asked' }) : []),
    ],
    now,
  );
};

/** Tells the other side that this one has signed. */
export const tellOfSignature = (
  trx: TradeTrx,
  contract: Contract,
  signedBy: Side,
  now: Instant,
): Promise<void> => {
  const others = SIDES.filter((side) => side !== signedBy);
  const id: Id = contract.contractId;
  const notices = noticesFor(contract, others, {
    kind: 'contract-signed',
    subject: { type: 'contract', id },
    title: contract.head.title,
    once: `contract:${id}:signed:${signedBy}`,
  });
  return notify(trx, notices, now);
};
