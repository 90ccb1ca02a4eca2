import { readFeed, readGauge, readHead } from '@jishi/contracts/ledger/endpoints';
import { Envelope, type FeedItem } from '@jishi/contracts/ledger/envelope';
import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import { readIndexSeries, readMethod } from '@jishi/contracts/ledger/index-endpoints';
import { familyFactOf } from '@jishi/ledger/domain/index/family/facts';
import { applyToFamily } from '@jishi/ledger/domain/index/family/family';
import { emptyFamily, type Family } from '@jishi/ledger/domain/index/family/family-state';
import { readMethod as methodOf } from '@jishi/ledger/domain/index/family/method';
import { indexValue } from '@jishi/ledger/domain/index/family/official';
import { seriesOf } from '@jishi/ledger/domain/index/family/series';
import { awaitRegistration, type Desk, receive, register } from '@jishi/seeds/stories/desk-steps';
import type { Journey } from './context.ts';
import { contractValueOfYear, type RegisteredFact, stand } from './recompute.ts';
import type { Moved } from './results.ts';
import { yuan } from './tell.ts';

const FEED_PAGE_SIZE = 1_000;

const deskOf = ({ people }: Journey): Desk => ({
  registrar: people.registrar.on('ledger'),
  seniorRegistrar: people.seniorRegistrar.on('ledger'),
});

/** 7: market's outbox brings the signed contract to the ledger. */
export const arriveAtLedger = async (journey: Journey): Promise<string> => {
  const { registrar } = deskOf(journey);
  const view = await awaitRegistration(registrar, journey.id('deal:contract'));
  return `${view.status} · 账本 #${view.seq}`;
};

/** 8: accepted, reviewed, reviewed again by a senior registrar, registered. */
export const registerContract = async (journey: Journey): Promise<string> => {
  const { status, registrationNumber } = await register(journey, deskOf(journey), 'deal');
  if (status === 'registered' && registrationNumber) return registrationNumber;
  throw new Error(`expected a registered contract, it is ${status}`);
};

/** The log up to a sequence, read from the feed as the operator sees it. */
const itemsUpTo = async ({ people }: Journey, seqMax: number): Promise<readonly FeedItem[]> => {
  const all: FeedItem[] = [];
  const read = people.operator.on('ledger');
  for (let after = 0; after < seqMax; ) {
    const { items } = await read(readFeed, { query: { after, limit: FEED_PAGE_SIZE } });
    if (items.length === 0) throw new Error(`the feed ends at ${after}, expected ${seqMax}`);
    for (const item of items) {
      if (item.seq !== after + 1) throw new Error(`feed: after ${after} came ${item.seq}`);
      after = item.seq;
      if (item.seq <= seqMax) all.push(item);
    }
  }
  return all;
};

const privateOf = (item: FeedItem): string | null => item.private ?? item.remainder ?? null;

/** What stands registered at a sequence. */
const standingAt = (items: readonly FeedItem[], seq: number): readonly RegisteredFact[] => {
  const standing = new Map<string, RegisteredFact>();
  for (const item of items) {
    if (item.seq > seq) break;
    stand(standing, Envelope.parse(JSON.parse(item.envelope)), privateOf(item));
  }
  return [...standing.values()];
};

/** Folds on to a sequence, as `recompute` folds an export: event by event, without a store. */
const foldOn = (family: Family, items: readonly FeedItem[], seq: number): void => {
  for (const item of items.slice(family.market.seq)) {
    if (item.seq > seq) break;
    const envelope = Envelope.parse(JSON.parse(item.envelope));
    applyToFamily(family, familyFactOf({ seq: item.seq, envelope, privateText: privateOf(item) }));
  }
};

const valueIn = (family: Family, cell: IndexCell, month: string): string | null => {
  const series = seriesOf(family.method).find((one) => one.cell === cell && !one.isLong);
  return series ? indexValue(family, series, month).value : null;
};

/** Sequence of this contract's registration: the event after which the numbers have moved. */
const registeredSeq = async (journey: Journey): Promise<number> => {
  const read = journey.people.operator.on('ledger');
  const head = await read(readHead);
  for (let after = Math.max(0, journey.headBefore); after < head.seq; ) {
    const { items } = await read(readFeed, { query: { after, limit: FEED_PAGE_SIZE } });
    for (const item of items) {
      const envelope = Envelope.parse(JSON.parse(item.envelope));
      const isOurs = envelope.data.contractId === journey.id('deal:contract');
      if (envelope.type === 'ContractRegistered' && isOurs) return item.seq;
      after = item.seq;
    }
  }
  throw new Error('the registration is not in the feed');
};

const differ = (what: string, served: unknown, own: unknown): void => {
  if (served !== own) throw new Error(`${what}: served ${served}, recomputed ${own}`);
};

/** 9: index and gauge just before and just at this contract, served and recomputed alike. */
export const recompute = async (journey: Journey): Promise<Moved> => {
  const read = journey.people.operator.on('ledger');
  const seq = await registeredSeq(journey);
  const family = emptyFamily(methodOf((await read(readMethod)).parameters));
  const items = await itemsUpTo(journey, seq);
  const ours = standingAt(items, seq).find((fact) => fact.seq === seq);
  if (!ours) throw new Error('the feed does not end at our registration');
  const values: (string | null)[] = [];
  const gauges: string[] = [];
  for (const asOf of [seq - 1, seq]) {
    foldOn(family, items, asOf);
    for (const cell of ours.cells) {
      const own = valueIn(family, cell, ours.month);
      const served = await indexAt(read, cell, ours.month, asOf);
      differ(`${cell} ${ours.month} as of ${asOf}`, served, own);
      if (cell === 'city') values.push(served);
    }
    const gauge = await read(readGauge, { query: { year: ours.year, asOf, atLeast: seq } });
    const own = contractValueOfYear(standingAt(items, asOf), ours.year).toString();
    differ(`gauge ${ours.year} as of ${asOf}`, gauge.contractValueFen, own);
    gauges.push(gauge.contractValueFen);
  }
  return {
    seq,
    index: { before: values[0] ?? null, after: values[1] ?? null },
    gaugeFen: { before: gauges[0] ?? '', after: gauges[1] ?? '' },
  };
};

const indexAt = async (
  read: ReturnType<Journey['people']['operator']['on']>,
  cell: IndexCell,
  month: string,
  asOf: number,
): Promise<string | null> => {
  const query = { cell, from: month, to: month, asOf, atLeast: asOf };
  const series = await read(readIndexSeries, { query });
  const point = series.points.find((p) => p.period === month);
  return point?.value ?? null;
};

/** 10: the seller records money that arrived, the buyer confirms, the registrar verifies. */
export const receiveMoney = async (journey: Journey): Promise<string> => {
  const { people, receivedFen, run, today } = journey;
  const sides = {
    seller: people.seller.on('ledger'),
    buyer: people.buyer.on('ledger'),
    registrar: people.registrar.on('ledger'),
  };
  const payment = { amountFen: receivedFen, receivedOn: today, slip: `SLIP-${run}` };
  const seq = await receive(journey, sides, 'deal', payment);
  return `到账已核验 received and verified ${yuan(receivedFen)} · 账本 ledger #${seq}`;
};
