import type { Queue } from '@jishi/contracts/subsidy/desk';
import { listCases } from '@jishi/contracts/subsidy/endpoints';
import { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import { type FormEvent, useState } from 'react';
import { useRead } from '../../../api/queries.ts';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { addressWith, go, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useMe } from '../me.ts';
import '../subsidy.css';
import { subsidyWords } from '../words.ts';
import { CaseTable } from './case-table.tsx';
import { NextPage } from './next-page.tsx';
import { QueueChips } from './queue-chips.tsx';

const QUEUES: readonly Queue[] = [
  'to-decide',
  'incomplete',
  'notice',
  'payable',
  'in-payment',
  'paid',
  'clawback',
  'refused',
  'closed',
];

/** A filter starts the list again: where one was in the old list means nothing in the new. */
const setFilter = (name: string, value: string | null): void => {
  const address = new URL(addressWith(name, value), window.location.origin);
  address.searchParams.delete('after');
  go(address.pathname + address.search);
};

const SearchForm = () => {
  const { w } = useAreaWords(subsidyWords);
  const [q] = useParameter('q');
  const [typed, setTyped] = useState(q ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setFilter('q', typed.replaceAll(/\s+/g, ' ').trim() || null);
  };
  return (
    <form className="subsidy-search" onSubmit={submit}>
      <label>
        <span className="visually-hidden">{w.search}</span>
        <input
          type="search"
          value={typed}
          placeholder={w.search}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" className="outlined">
        {w.searchAct}
      </button>
    </form>
  );
};

const Pick = (props: {
  label: string;
  name: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}) => (
  <label>
    <span className="visually-hidden">{props.label}</span>
    <select
      value={props.value}
      onChange={(event) => setFilter(props.name, event.target.value || null)}
    >
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </label>
);

const Filters = ({ showMine }: { showMine: boolean }) => {
  const { w } = useAreaWords(subsidyWords);
  const [role] = useParameter('role');
  const [mine] = useParameter('mine');
  const [order] = useParameter('order');
  return (
    <div className="filters">
      <SearchForm />
      <Pick
        label={w.roleFilter}
        name="role"
        value={role ?? ''}
        options={[
          ['', w.allRoles],
          ...SubsidyRole.options.map((one) => [one, w[`role.${one}`]] as const),
        ]}
      />
      {showMine ? (
        <Pick
          label={w.mineOnly}
          name="mine"
          value={mine ?? ''}
          options={[
            ['', w.everybody],
            ['yes', w.mineOnly],
          ]}
        />
      ) : null}
      <Pick
        label={w.order}
        name="order"
        value={order ?? ''}
        options={[
          ['', w.newest],
          ['oldest', w.oldest],
        ]}
      />
    </div>
  );
};

const useFilter = () => {
  const [queue] = useParameter('queue');
  const [role] = useParameter('role');
  const [mine] = useParameter('mine');
  const [order] = useParameter('order');
  const [after] = useParameter('after');
  const [q] = useParameter('q');
  const known = {
    queue: QUEUES.find((name) => name === queue),
    role: SubsidyRole.options.find((name) => name === role),
  };
  return {
    order: order === 'oldest' ? ('oldest' as const) : ('newest' as const),
    ...(known.queue ? { queue: known.queue } : {}),
    ...(known.role ? { role: known.role } : {}),
    ...(mine === 'yes' ? { mine: 'yes' as const } : {}),
    ...(q ? { q: q.replaceAll(/(?<=\d) (?=\d)/g, '') } : {}),
    ...(after ? { after } : {}),
  };
};

/** Every case, by queue, role, person and name. */
export const CasesPage = () => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  const query = useRead(listCases, { query: useFilter() }, { keep: true });
  return (
    <>
      <PageHead title={w.cases} note={w.casesNote} ready={query.data !== undefined} />
      <QueueChips queues={QUEUES} first="all" />
      <Filters showMine={me.is('subsidy-officer')} />
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>{w.noneFound}</Empty>
          ) : (
            <>
              <CaseTable caption={w.cases} rows={page.items} />
              <NextPage next={page.next} />
            </>
          )
        }
      </Load>
    </>
  );
};
