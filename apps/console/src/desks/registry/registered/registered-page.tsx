import type { RegisteredPage as Page, RegisteredRow } from '@jishi/contracts/ledger/registry';
import { searchRegistered } from '@jishi/contracts/ledger/registry-endpoints';
import { useState } from 'react';
import type { z } from 'zod';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { BusyButton } from '../../../kit/dialog.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { Table } from '../../../kit/table.tsx';
import { Amount } from '../../../kit/values.tsx';
import { addressWith, Link, useParameter, usePlace } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import '../registry.css';
import { today } from '../today.ts';
import { bookWords } from '../words.ts';
import { useWritten } from '../written.ts';
import { EXPORT_ROWS_MAX, readAll, saveRegister } from './export-register.ts';
import { registerColumns } from './register-columns.tsx';
import { filtersOf, type RegisterQuery } from './register-filter.ts';
import { RegisterSearch } from './register-search.tsx';
import { SelectionBar } from './selection.tsx';

const PAGE_SIZE = 100;

const Totals = ({ totals }: { totals: z.infer<typeof Page>['totals'] }) => {
  const { w } = useAreaWords(bookWords);
  return (
    <p className="totals">
      {fill(w.found, { n: totals.count })} {w.contractValue}{' '}
      <strong>
        <Amount fen={totals.contractValueFen} exact />
      </strong>
      {w.comma}
      {w.technologyValue}{' '}
      <strong>
        <Amount fen={totals.technologyValueFen} exact />
      </strong>
    </p>
  );
};

const useColumns = () => {
  const { w, language } = useAreaWords(bookWords);
  const { t } = useWords();
  return registerColumns(w, t, language);
};

/** Takes everything away that the filter finds, not only what is on the page. */
const Export = (props: { query: RegisterQuery; count: number; head: number }) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const columns = useColumns();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const rows = await readAll(props.query);
      const note = fill(w.exportNote, { day: today(), seq: props.head });
      saveRegister(rows, columns, note, fill(w.exportName, { day: today() }));
      say(fill(rows.length < props.count ? w.exportCut : w.exported, { n: rows.length }));
    } catch {
      say(w.exportFailed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <BusyButton look="outlined" busy={busy} onClick={() => void save()}>
      {fill(w.export, { n: Math.min(props.count, EXPORT_ROWS_MAX) })}
    </BusyButton>
  );
};

const useMayMakeLists = (): boolean => {
  const known = useWho();
  if (known.state !== 'person') return false;
  return known.me.roles.some((role) => role === 'registrar' || role === 'senior-registrar');
};

const Found = (props: { rows: readonly RegisteredRow[] }) => {
  const { w } = useAreaWords(bookWords);
  const columns = useColumns();
  const mayMake = useMayMakeLists();
  /** Rows, not ids: a choice outlives the next search. */
  const [chosen, setChosen] = useState<readonly RegisteredRow[]>([]);
  const select = (key: string, on: boolean): void => {
    const others = chosen.filter((row) => row.contractId !== key);
    const row = props.rows.find((one) => one.contractId === key);
    setChosen(on && row ? [...others, row] : others);
  };
  return (
    <>
      {props.rows.length > 0 ? (
        <Table
          caption={w.registerCaption}
          columns={columns}
          rows={props.rows}
          rowKey={(row) => row.contractId}
          to={(row) => `/registry/registered/${row.contractId}`}
          {...(mayMake
            ? { selected: new Set(chosen.map((row) => row.contractId)), onSelect: select }
            : {})}
          keys
        />
      ) : null}
      {chosen.length > 0 ? <SelectionBar chosen={chosen} onKeep={setChosen} /> : null}
    </>
  );
};

const Pages = (props: { next: string | null; isFirst: boolean }) => {
  const { w } = useAreaWords(bookWords);
  if (props.next === null && props.isFirst) return null;
  return (
    <nav className="pages" aria-label={w.pages}>
      {props.isFirst ? null : <Link to={addressWith('after', null)}>{w.firstPage}</Link>}
      {props.next ? <Link to={addressWith('after', props.next)}>{w.nextPage}</Link> : null}
    </nav>
  );
};

/** The register: every contract that was registered, with how it stands now. */
export const RegisteredPage = () => {
  const { w } = useAreaWords(bookWords);
  const { search } = usePlace();
  const written = useWritten();
  const [after] = useParameter('after');
  const filters = filtersOf(search);
  const pending = new URLSearchParams(search).get('pending') === 'yes';
  const asked = {
    ...(filters as RegisterQuery),
    ...(pending ? { pendingChange: 'true' as const } : {}),
    ...written,
  };
  const page = { limit: PAGE_SIZE, ...(after === null ? {} : { after }) };
  const query = useRead(searchRegistered, { query: { ...asked, ...page } }, { keep: true });
  return (
    <>
      <PageHead
        title={w.registered}
        note={query.data ? fill(w.asOfHead, { seq: query.data.head.seq }) : null}
        ready={query.data !== undefined}
        actions={
          query.data && query.data.totals.count > 0 ? (
            <Export query={asked} count={query.data.totals.count} head={query.data.head.seq} />
          ) : null
        }
      />
      <RegisterSearch key={search} now={filters} />
      <Choices
        label={w.pendingFilter}
        parameter="pending"
        choices={[
          { value: null, label: w.any },
          { value: 'yes', label: w.changePending },
        ]}
      />
      <Load query={query}>
        {(page) => (
          <>
            {page.totals.count > 0 ? <Totals totals={page.totals} /> : null}
            {page.items.length === 0 ? (
              <Empty
                action={
                  search ? <Link to="/registry/registered">{w.clearFilters}</Link> : undefined
                }
              >
                {search ? w.registerNothing : w.registerEmpty}
              </Empty>
            ) : null}
            <Found rows={page.items} />
            <Pages next={page.next} isFirst={after === null} />
          </>
        )}
      </Load>
    </>
  );
};
