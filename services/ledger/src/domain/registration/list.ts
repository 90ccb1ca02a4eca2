import type { ListSide } from '@jishi/contracts/ledger/events';
import type { RegisteredListView } from '@jishi/contracts/ledger/registry-lists';
import { Refusal } from '@jishi/contracts/problem';
import type { LocalDate } from '@jishi/contracts/time';
import { addWorkingDays } from '@jishi/contracts/working-days';
import type { RegistrationDocument } from './document.ts';
import type { RegistrationRules } from './regimes.ts';

/** 登记清单: registered contracts of one side of the threshold, valid while none of them changes. */

export const sideOf = (rules: RegistrationRules, contractValueFen: string): ListSide =>
  BigInt(contractValueFen) >= rules.list.value.fromFen ? 'at-or-over' : 'below';

/** At most so many fields are named in a refusal. */
const NAMED_MAX = 20;

const naming = (ids: readonly string[], asked: readonly string[], zh: string, en: string) => ({
  fields: ids.slice(0, NAMED_MAX).map((id) => {
    return { field: `contractIds.${asked.lastIndexOf(id)}`, rule: 'list', zh, en };
  }),
});

/**
 * The side of a new list. Refusals in order: invalid-input (a contract named twice),
 * list-contract-not-registered (or not known), list-mixes-threshold (naming the smaller part).
 */
export const listSide = (
  rules: RegistrationRules,
  asked: readonly string[],
  known: readonly RegistrationDocument[],
): ListSide => {
  const twice = asked.filter((id, i) => asked.indexOf(id) !== i);
  if (twice.length > 0) {
    throw new Refusal('invalid-input', naming(twice, asked, '重复列入', 'Named twice'));
  }
  const registered = known.filter(({ status }) => status === 'registered');
  const ids = new Set(registered.map(({ contractId }) => contractId));
  const missing = asked.filter((id) => !ids.has(id));
  if (missing.length > 0) {
    const detail = naming(missing, asked, '未处于已登记状态', 'Does not stand registered');
    throw new Refusal('list-contract-not-registered', detail);
  }
  const over = registered
    .filter((one) => sideOf(rules, one.private.contractValueFen) === 'at-or-over')
    .map(({ contractId }) => contractId);
  if (over.length > 0 && over.length < asked.length) {
    const below = asked.filter((id) => !over.includes(id));
    const fewer = over.length <= below.length ? over : below;
    throw new Refusal(
      'list-mixes-threshold',
      naming(fewer, asked, '在另一侧', 'On the other side'),
    );
  }
  return over.length > 0 ? 'at-or-over' : 'below';
};

/** Registration or the last amendment before the list: what the list shows was approved then. */
const approvedOn = ({ registeredOn, changes }: RegistrationDocument, seq: number): LocalDate =>
  changes.findLast((change) => change.seq < seq && change.kind !== 'erase')?.on ??
  registeredOn ??
  '';

interface Issued {
  readonly listId: string;
  readonly issuedOn: LocalDate;
  readonly side: ListSide;
  readonly count: number;
  readonly seq: number;
  readonly contracts: readonly RegistrationDocument[];
}

const invalidatedBy = ({ seq, contracts }: Issued): RegisteredListView['invalidatedBy'] => {
  const after = contracts.flatMap(({ contractId, registrationNumber, changes }) =>
    changes.flatMap(({ kind, on, seq: at }) =>
      // An erasure takes words away; what the list counts stays as it was approved.
      at > seq && kind !== 'erase'
        ? [{ contractId, registrationNumber: registrationNumber ?? '', kind, on, seq: at }]
        : [],
    ),
  );
  return after.sort((a, b) => a.seq - b.seq)[0] ?? null;
};

const sum = (amounts: readonly string[]): string =>
  `${amounts.reduce((total, fen) => total + BigInt(fen), 0n)}`;

/**
 * A list as of a day. It is printable from two working days after the last approval of one of its
 * contracts, and as long as it is valid.
 */
export const listView = (
  issued: Issued,
  rules: RegistrationRules,
  today: LocalDate,
): RegisteredListView => {
  const { contracts, seq } = issued;
  const changed = invalidatedBy(issued);
  const approved = contracts.map((contract) => approvedOn(contract, seq)).sort();
  const last = approved.at(-1) ?? issued.issuedOn;
  const printableOn = addWorkingDays(last, rules.list.value.printableAfterWorkingDays).day;
  return {
    ...{ listId: issued.listId, issuedOn: issued.issuedOn, side: issued.side, seq },
    count: issued.count,
    totals: {
      count: contracts.length,
      contractValueFen: sum(contracts.map((one) => one.private.contractValueFen)),
      technologyValueFen: sum(contracts.map((one) => one.private.technologyValueFen)),
    },
    valid: changed === null,
    invalidatedBy: changed,
    printableOn,
    printable: changed === null && today >= printableOn,
  };
};
