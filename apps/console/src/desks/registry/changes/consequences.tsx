import type { ChangeKind } from '@jishi/contracts/ledger/events';
import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { listRegisteredLists } from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../../api/queries.ts';
import { exactYuan } from '../../../format/amount.ts';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import type { ContractFacts } from '../review/contract-facts.ts';
import { bookWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { verifiedFen } from './verified.ts';

type Kind = ChangeKind | 'reverse-receipt';

const signed = (fen: bigint): string =>
  fen === 0n ? '±0.00' : `${fen > 0n ? '+' : '−'}${exactYuan(fen < 0n ? -fen : fen)}`;

/** By how much the year's totals move: an amendment by the difference, the others by the whole. */
const movedBy = (of: RegistrationView, kind: Kind, amended: ContractFacts | null) => {
  const whole = BigInt(of.private.contractValueFen);
  const technology = BigInt(of.private.technologyValueFen);
  if (kind === 'reverse-receipt') return { value: 0n, technology: 0n };
  if (kind !== 'amend' || !amended) return { value: -whole, technology: -technology };
  return {
    value: BigInt(amended.private.contractValueFen) - whole,
    technology: BigInt(amended.private.technologyValueFen) - technology,
  };
};

const Totals = (props: { of: RegistrationView; kind: Kind; amended: ContractFacts | null }) => {
  const { w } = useAreaWords(bookWords);
  const { of, kind, amended } = props;
  if (kind === 'reverse-receipt') return <li>{w.followsReceipt}</li>;
  const moved = movedBy(of, kind, amended);
  const month = of.registeredOn?.slice(0, 7) ?? '';
  return (
    <>
      <li>{fill(w.followsGauge, { year: month.slice(0, 4), change: signed(moved.value) })}</li>
      <li>{fill(w.followsIndex, { month, change: signed(moved.technology) })}</li>
    </>
  );
};

/** The lists that hold the contract and would no longer hold themselves. */
const Lists = ({ contractId }: { contractId: string }) => {
  const { w } = useAreaWords(bookWords);
  const written = useWritten();
  const lists = useRead(listRegisteredLists, { query: { contractId, limit: 200, ...written } });
  if (!lists.data) return <li>{w.followsLists}</li>;
  const valid = lists.data.items.filter((list) => list.valid);
  if (valid.length === 0) return <li>{w.followsNoList}</li>;
  return (
    <li>
      {fill(w.followsTheseLists, { n: valid.length })}{' '}
      {valid.map((list) => (
        <Link key={list.listId} to={`/registry/lists/${list.listId}`}>
          {fill(w.listOf, { day: list.issuedOn, n: list.count })}
        </Link>
      ))}
    </li>
  );
};

const AfterErasure = ({ headed }: { headed?: boolean | undefined }) => {
  const { w } = useAreaWords(bookWords);
  return (
    <div className="follows">
      {headed ? <h3>{w.follows}</h3> : null}
      <ul>
        <li>{w['follows.erase']}</li>
        <li>{w.followsErasedElsewhere}</li>
      </ul>
    </div>
  );
};

/** What follows when this change is confirmed, said before anybody does it. */
export const Consequences = (props: {
  of: RegistrationView;
  kind: Kind;
  amended: ContractFacts | null;
  /** Where what stands around has no heading for it. */
  headed?: boolean;
}) => {
  const { w } = useAreaWords(bookWords);
  const { of, kind } = props;
  const verified = verifiedFen(of);
  // Words go, figures stay: nothing else moves.
  if (kind === 'erase') return <AfterErasure headed={props.headed} />;
  return (
    <div className="follows">
      {props.headed ? <h3>{w.follows}</h3> : null}
      <ul>
        <Totals of={of} kind={kind} amended={props.amended} />
        {kind === 'reverse-receipt' ? null : <Lists contractId={of.contractId} />}
        <li>
          {verified > 0n
            ? fill(w.followsSubsidy, { amount: exactYuan(verified) })
            : w.followsNoSubsidy}
        </li>
        {kind === 'reverse-receipt' ? null : <li>{w[`follows.${kind}`]}</li>}
      </ul>
    </div>
  );
};
