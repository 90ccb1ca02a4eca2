import type { MarketState } from './market-state.ts';
import type { PartyTally } from './party-table.ts';
import type { Tally } from './tally.ts';

const namesOf = ({ partyNumbers }: MarketState): readonly string[] => [...partyNumbers.keys()];

/** Accumulators with the parties by their ids: numbers depend on who came first. */
export const tallyByName = (market: MarketState, tally: Tally) => {
  const names = namesOf(market);
  const parties = new Map<string, PartyTally>();
  tally.parties.forEach((party, number) => {
    parties.set(names[number] ?? '', party);
  });
  if (parties.size !== tally.parties.size) throw new Error('a party stands twice or has no name');
  return { ...tally, parties };
};

/** The months of a market with the parties by their ids. */
export const monthsByName = (market: MarketState) => {
  const names = namesOf(market);
  return new Map(
    [...market.months].map(([month, { units, views }]) => [
      month,
      {
        units: new Map(
          [...units].map(([key, unit]) => {
            const [seller, buyer] = [names[unit.seller], names[unit.buyer]];
            return [key, { ...unit, seller, buyer }];
          }),
        ),
        views: new Map(
          [...views].map(([key, { cap, cells }]) => {
            const read = [...cells].map(
              ([cell, tally]) => [cell, tallyByName(market, tally)] as const,
            );
            return [key, { cap, cells: new Map(read) }];
          }),
        ),
      },
    ]),
  );
};
