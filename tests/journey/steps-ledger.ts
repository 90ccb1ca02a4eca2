import {
  readFeed,
  readGauge,
  readHead,
  readIndexSeries,
  readMethod,
} from '@jishi/contracts/ledger/endpoints';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import type { IndexCell } from '@jishi/contracts/ledger/live';
import { awaitRegistration, type Desk, receive, register } from '@jishi/seeds/stories/desk-steps';
import type { Journey } from './context.ts';
import { contractValueOfYear, indexOf, type RegisteredFact, stand } from './recompute.ts';
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

/** Every registration in the log up to a sequence, read from the feed as the operator sees it. */
const factsUpTo = async (
  { people }: Journey,
  seqMax: number,
): Promise<readonly RegisteredFact[]> => {
  const standing = new Map<string, RegisteredFact>();
  const read = people.operator.on('ledger');
  for (let after = 0; after < seqMax; ) {
    const { items } = await read(readFeed, { query: { after, limit: FEED_PAGE_SIZE } });
    if (items.length === 0) throw new Error(`the feed ends at ${after}, expected ${seqMax}`);
    for (const item of items) {
      if (item.seq !== after + 1) throw new Error(`feed: after ${after} came ${item.seq}`);
      after = item.seq;
      if (item.seq > seqMax) continue;
      stand(
        standing,
        Envelope.parse(JSON.parse(item.envelope)),
        item.private ?? item.remainder ?? null,
      );
    }
  }
  return [...standing.values()];
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
  const method = await read(readMethod);
  const baseYear = Number((method.parameters.base as { year?: string } | undefined)?.year);
  const all = await factsUpTo(journey, seq);
  const ours = all.at(-1);
  if (!ours || ours.seq !== seq) throw new Error('the feed does not end at our registration');
  const values: (string | null)[] = [];
  const gauges: string[] = [];
  for (const asOf of [seq - 1, seq]) {
    const facts = all.filter((f) => f.seq <= asOf);
    for (const cell of ours.cells) {
      const own = indexOf(facts, cell, ours.month, baseYear);
      const served = await indexAt(read, cell, ours.month, asOf);
      differ(`${cell} ${ours.month} as of ${asOf}`, served, own);
      if (cell === 'city') values.push(served);
    }
    const gauge = await read(readGauge, { query: { year: ours.year, asOf, atLeast: seq } });
    const own = contractValueOfYear(facts, ours.year).toString();
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
  const point = series.points.find((p) => p.month === month);
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
