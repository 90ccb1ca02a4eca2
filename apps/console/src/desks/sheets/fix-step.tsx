import type { ImportView, ProblemGroup } from '@jishi/contracts/market/import';
import { downloadAnnotated, fixImport } from '@jishi/contracts/market/import-endpoints';
import { download } from '../../api/download.ts';
import { useAct, useTrouble } from '../../api/queries.ts';
import { Section } from '../../kit/page.tsx';
import { useSay } from '../../kit/said.tsx';
import { TroubleNotice } from '../../kit/states.tsx';
import { Link, replaceAddress, useParameter } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { ImportFooter } from './import-footer.tsx';
import { RowsTable } from './rows-table.tsx';
import type { SendFix } from './send-fix.ts';
import { isAt, placeOf } from './whereabouts.ts';
import { sheetWords } from './words.ts';

const showGroup = (group: ProblemGroup | null): void => {
  const parameters = new URLSearchParams(window.location.search);
  for (const name of ['state', 'field', 'rule', 'after']) parameters.delete(name);
  if (group) {
    parameters.set('field', group.field);
    parameters.set('rule', group.rule);
  }
  const text = parameters.toString();
  replaceAddress(window.location.pathname + (text ? `?${text}` : ''));
};

/** Sends a fix for the version in sight; says how many cells it was when it is through. */
const useFix = (view: ImportView) => {
  const { w } = useAreaWords(sheetWords);
  const say = useSay();
  const act = useAct(fixImport);
  const send: SendFix = (fix, cells) => {
    if (act.isPending) return;
    const sent = act.mutateAsync({
      params: { importId: view.importId },
      body: { version: view.version, fix },
    });
    const goOn = (): void => {
      say(fill(w.saved, { n: cells }));
      // The rows of a group that is corrected are no longer among the wrong ones.
      if (fix.what === 'suggested' && isAt(view)) showGroup(null);
    };
    // What was refused stands above the rows.
    sent.then(goOn, () => {});
  };
  return { send, busy: act.isPending, trouble: useTrouble(act) };
};

const Group = (props: {
  group: ProblemGroup;
  name: string;
  busy: boolean;
  chosen: boolean;
  onFix: SendFix;
}) => {
  const { w, language } = useAreaWords(sheetWords);
  const { group } = props;
  const { field, rule, suggested } = group;
  return (
    <li className={props.chosen ? 'sheets-group is-chosen' : 'sheets-group'}>
      <p>
        <strong>{props.name}</strong> <span>{fill(w.groupRows, { n: group.rows })}</span>
      </p>
      <p>{group[language]}</p>
      <p className="sheets-group-acts">
        {suggested > 0 ? (
          <button
            type="button"
            className="outlined"
            disabled={props.busy}
            onClick={() => props.onFix({ what: 'suggested', field, rule }, suggested)}
          >
            {fill(w.fixAll, { n: suggested })}
          </button>
        ) : null}
        <button type="button" className="quiet" onClick={() => showGroup(group)}>
          {w.showRows}
        </button>
      </p>
    </li>
  );
};

const Groups = (props: { view: ImportView; busy: boolean; onFix: SendFix }) => {
  const { w, language } = useAreaWords(sheetWords);
  const { view } = props;
  const [field] = useParameter('field');
  const [rule] = useParameter('rule');
  if (view.groups.length === 0) return <p role="status">{w.allClean}</p>;
  return (
    <Section
      title={w.groupsHead}
      aside={
        field ? (
          <button type="button" className="quiet" onClick={() => showGroup(null)}>
            {w.showAll}
          </button>
        ) : undefined
      }
    >
      <p className="hint">{w.groupsNote}</p>
      <ul className="sheets-groups">
        {view.groups.map((group) => (
          <Group
            key={`${group.field} ${group.rule}`}
            group={group}
            name={view.fields.find(({ key }) => key === group.field)?.[language] ?? group.field}
            busy={props.busy}
            chosen={group.field === field && group.rule === rule}
            onFix={props.onFix}
          />
        ))}
      </ul>
    </Section>
  );
};

const Downloads = ({ view }: { view: ImportView }) => {
  const { w } = useAreaWords(sheetWords);
  const say = useSay();
  const params = { importId: view.importId };
  const fetchFile = (format: 'xlsx' | 'csv'): void => {
    void download(downloadAnnotated, { params, query: { format } }).then((came) => {
      if (!came) say(w.saveFailed);
    });
  };
  return (
    <p className="sheets-downloads">
      <Link className="quiet" to={`${placeOf(view)}?step=columns`}>
        {w.toColumns}
      </Link>
      <button type="button" className="quiet" onClick={() => fetchFile('xlsx')}>
        {w.annotatedXlsx}
      </button>
      <button type="button" className="quiet" onClick={() => fetchFile('csv')}>
        {w.annotatedCsv}
      </button>
    </p>
  );
};

/** What is wrong, what may be done about it, the rows, and the button that imports. */
export const FixStep = ({ view }: { view: ImportView }) => {
  const { send, busy, trouble } = useFix(view);
  return (
    <>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <Downloads view={view} />
      <Groups view={view} busy={busy} onFix={send} />
      <RowsTable view={view} busy={busy} onFix={send} />
      <ImportFooter view={view} />
    </>
  );
};
