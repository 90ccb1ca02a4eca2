import type { Proven } from './disclosure-check.ts';

/** A contract as the newest of its events say it; null where no event, or no private part, does. */
export interface KnownFacts {
  readonly number: string | null;
  readonly registeredOn: string | null;
  readonly signedOn: string | null;
  readonly band: string | null;
  readonly title: string | null;
  readonly seller: string | null;
  readonly buyer: string | null;
  readonly contractValueFen: string | null;
  readonly technologyValueFen: string | null;
}

type Facts = Readonly<Record<string, unknown>>;
const FEN = /^\d{1,20}$/;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const fenOf = (value: unknown): string | null =>
  typeof value === 'string' && FEN.test(value) ? value : null;

const nameOf = (party: unknown): string | null =>
  typeof party === 'object' && party !== null && 'name' in party ? textOf(party.name) : null;

/** What tells the whole contract; the other events tell one step of it. */
const WHOLE = ['ContractSubmitted', 'ContractRegistered', 'ContractAmended'];

export const lastFacts = ({ events }: Proven): KnownFacts => {
  const whole = events.filter(({ envelope }) => WHOLE.includes(envelope.type)).reverse();
  const said = (name: string): string | null => {
    const data: readonly Facts[] = whole.map(({ envelope }) => envelope.data);
    return textOf(data.find((one) => textOf(one[name]) !== null)?.[name]);
  };
  // Of the newest whole event only: an older private part may have been amended since.
  const facts: Facts = whole[0]?.facts ?? {};
  return {
    number: said('registrationNumber'),
    registeredOn: said('registeredOn'),
    signedOn: said('signedOn'),
    band: said('valueBand'),
    title: textOf(facts.title),
    seller: nameOf(facts.seller),
    buyer: nameOf(facts.buyer),
    contractValueFen: fenOf(facts.contractValueFen),
    technologyValueFen: fenOf(facts.technologyValueFen),
  };
};
