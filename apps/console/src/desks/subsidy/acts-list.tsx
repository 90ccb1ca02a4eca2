import { Section } from '../../kit/page.tsx';
import { At } from '../../kit/values.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { useMe } from './me.ts';
import { type SubsidyWords, subsidyWords } from './words.ts';

interface ActLine {
  readonly act: string;
  readonly at: string;
  readonly userId: string | null;
  readonly note: string | null;
}

const actName = (act: string, w: SubsidyWords): string => {
  const key = `act.${act}`;
  return key in w ? w[key as keyof SubsidyWords] : act;
};

/** Acts of the ledger's feed have no person. */
const LEDGER_ACTS = ['opened', 'facts-changed', 'reassessed', 'clawback-opened'];

/** Everything that was done to a record, the newest last. */
export const ActsList = ({ lines }: { lines: readonly ActLine[] }) => {
  const { w } = useAreaWords(subsidyWords);
  const me = useMe();
  const byWhom = (line: ActLine): string => {
    if (line.userId === null) return LEDGER_ACTS.includes(line.act) ? w.bySystem : '';
    return line.userId === me.userId ? w.byMe : fill(w.byColleague, { id: line.userId.slice(-4) });
  };
  return (
    <Section title={w.history}>
      <ol className="acts-list">
        {lines.map((line) => (
          <li key={`${line.at} ${line.act}`}>
            <At instant={line.at} />
            <span>
              {actName(line.act, w)}
              <span className="hint">{byWhom(line)}</span>
              {line.note ? <span className="checks-found">{line.note}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
};
