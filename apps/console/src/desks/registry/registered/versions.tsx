import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { RegistrationVersion } from '@jishi/contracts/ledger/registry';
import { readRegistrationVersions } from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../../api/queries.ts';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Day } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useDifferences } from '../changes/differences.tsx';
import { bookWords } from '../words.ts';
import { useWritten } from '../written.ts';

/** What a version changed in the one before it, line by line. */
const Changed = (props: { before: RegistrationVersion; now: RegistrationVersion }) => {
  const { w } = useAreaWords(bookWords);
  const rows = useDifferences(props.before, props.now);
  return (
    <ul className="version-changes">
      {rows.map((row) => (
        <li key={row.field}>
          {fill(w.changedFromTo, { label: row.label, before: row.before, after: row.text })}
        </li>
      ))}
    </ul>
  );
};

const Version = (props: {
  version: RegistrationVersion;
  before: RegistrationVersion | undefined;
}) => {
  const { w } = useAreaWords(bookWords);
  const { version, before } = props;
  const n = version.amendment;
  return (
    <li>
      <Day day={version.on} /> {n === 0 ? w.versionFirst : fill(w.versionAmended, { n })}{' '}
      <span className="hint">{fill(w.logNumber, { seq: version.seq })}</span>
      {before ? <Changed before={before} now={version} /> : null}
    </li>
  );
};

/** The registration, every amendment with what it changed, and how it ended. */
export const Versions = ({ view }: { view: RegistrationView }) => {
  const { w } = useAreaWords(bookWords);
  const { contractId } = view;
  const written = useWritten();
  const query = useRead(
    readRegistrationVersions,
    { params: { contractId }, query: written },
    { keep: true },
  );
  const ended = view.changes.filter((change) => change.kind !== 'amend');
  return (
    <Section title={w.versions}>
      <Load query={query}>
        {({ items }) => (
          <ol className="versions">
            {items.map((version, i) => (
              <Version key={version.seq} version={version} before={items[i - 1]} />
            ))}
            {ended.map((change) => (
              <li key={change.changeId}>
                <Day day={change.on} /> {w[`kind.${change.kind}`]}{' '}
                <span className="hint">{fill(w.logNumber, { seq: change.seq })}</span>
              </li>
            ))}
          </ol>
        )}
      </Load>
    </Section>
  );
};
