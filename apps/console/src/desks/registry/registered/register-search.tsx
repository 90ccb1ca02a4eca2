import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import { DISTRICTS } from '@jishi/contracts/districts';
import { Standing } from '@jishi/contracts/ledger/registry';
import { type FormEvent, type ReactNode, useId } from 'react';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { bookWords } from '../words.ts';
import { type FilterName, type Filters, numberOf, registerAddress } from './register-filter.ts';

const Labelled = (props: { label: string; children: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  );
};

const Choose = (props: {
  name: FilterName;
  label: string;
  now: Filters;
  all: string;
  options: readonly (readonly [value: string, label: string])[];
}) => (
  <Labelled label={props.label}>
    {(id) => (
      <select
        id={id}
        name={props.name}
        defaultValue={props.now[props.name] ?? ''}
        onChange={(event) => event.target.form?.requestSubmit()}
      >
        <option value="">{props.all}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);

const Write = (props: {
  name: FilterName;
  label: string;
  now: Filters;
  kind?: 'date';
  numeric?: boolean;
}) => (
  <Labelled label={props.label}>
    {(id) => (
      <input
        id={id}
        name={props.name}
        type={props.kind ?? 'text'}
        inputMode={props.numeric ? 'numeric' : undefined}
        maxLength={100}
        defaultValue={props.now[props.name] ?? ''}
      />
    )}
  </Labelled>
);

const search = (event: FormEvent<HTMLFormElement>): void => {
  event.preventDefault();
  const data = Object.fromEntries(new FormData(event.currentTarget)) as Filters;
  go(registerAddress({ ...data, ...(data.number ? { number: numberOf(data.number) } : {}) }));
};

/** On a phone the filters open on demand. */
const isWide = (): boolean => window.matchMedia('(min-width: 900px)').matches;

/** Search over the register; what is searched for stands in the address. */
export const RegisterSearch = ({ now }: { now: Filters }) => {
  const { w, language } = useAreaWords(bookWords);
  const all = w.any;
  return (
    <details className="register-filters" open={isWide() || Object.keys(now).length > 0}>
      <summary>{w.filters}</summary>
      <form className="filters register-search" onSubmit={search} aria-label={w.search}>
        <Write name="title" label={w.title} now={now} />
        <Write name="party" label={w.party} now={now} />
        <Write name="number" label={w.number} now={now} numeric />
        <Choose
          name="district"
          label={w.district}
          {...{ now, all }}
          options={DISTRICTS.map((district) => [district.code, district[language]])}
        />
        <Choose
          name="contractType"
          label={w.contractType}
          {...{ now, all }}
          options={CONTRACT_TYPES.map((type) => [type.code, type[language]])}
        />
        <Choose
          name="standing"
          label={w.standing}
          {...{ now, all }}
          options={Standing.options.map((standing) => [standing, w[`standing.${standing}`]])}
        />
        <Choose
          name="side"
          label={w.side}
          {...{ now, all }}
          options={[
            ['below', w['side.below']],
            ['at-or-over', w['side.at-or-over']],
          ]}
        />
        <Write name="from" label={w.registeredFrom} now={now} kind="date" />
        <Write name="to" label={w.registeredBefore} now={now} kind="date" />
        <div className="filter filter-acts">
          <button type="submit" className="outlined">
            {w.search}
          </button>
          <button type="button" className="quiet" onClick={() => go(registerAddress({}))}>
            {w.clearFilters}
          </button>
        </div>
      </form>
    </details>
  );
};
