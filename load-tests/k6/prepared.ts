import { SharedArray } from 'k6/data';
import type { Account } from './sign-in.ts';

/** What the runner prepared for a journey (runner/prepare.ts writes it). */
export interface Prepared {
  readonly operators: readonly Account[];
  readonly registrars: readonly Account[];
  readonly seniorRegistrars: readonly Account[];
  readonly subsidyOfficers: readonly Account[];
  readonly sellers: readonly Account[];
  readonly buyers: readonly Account[];
  readonly contracts: readonly SignedContract[];
  readonly caseIds: readonly string[];
}

/** A contract that both sides have signed and the ledger has received. */
export interface SignedContract {
  readonly contractId: string;
  /** Places in `sellers` and `buyers`. */
  readonly seller: number;
  readonly buyer: number;
  readonly technologyValueFen: string;
}

const NOTHING: Prepared = {
  operators: [],
  registrars: [],
  seniorRegistrars: [],
  subsidyOfficers: [],
  sellers: [],
  buyers: [],
  contracts: [],
  caseIds: [],
};

const file = __ENV.DATA_FILE ?? '';
const load = (): Prepared =>
  file === '' ? NOTHING : { ...NOTHING, ...(JSON.parse(open(file)) as Partial<Prepared>) };

/** One copy for all virtual users, however many there are. */
const list = <K extends keyof Prepared>(key: K): Prepared[K] =>
  new SharedArray(key, () => [...load()[key]]) as unknown as Prepared[K];

export const operators = list('operators');
export const registrars = list('registrars');
export const seniorRegistrars = list('seniorRegistrars');
export const subsidyOfficers = list('subsidyOfficers');
export const sellers = list('sellers');
export const buyers = list('buyers');
export const contracts = list('contracts');
export const caseIds = list('caseIds');

/** How many of the prepared things earlier runs have used up. */
export const OFFSET = Number(__ENV.OFFSET ?? 0);
