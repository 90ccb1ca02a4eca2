import type { HistoryLine } from '@jishi/contracts/ledger/registry';
import { readRegistrationHistory } from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../../api/queries.ts';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { At } from '../../../kit/values.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { type RegistryWords, registryWords } from '../words.ts';
import { useWritten } from '../written.ts';

export const useHistory = (contractId: string) => {
  const written = useWritten();
  return useRead(
    readRegistrationHistory,
    { params: { contractId }, query: written },
    { keep: true },
  );
};

const actName = (type: string, w: RegistryWords): string => {
  const key = `act.${type}`;
  return key in w ? w[key as keyof RegistryWords] : type;
};

const Line = ({ line, me }: { line: HistoryLine; me: string | null }) => {
  const { w } = useAreaWords(registryWords);
  const who = w[`by.${line.by}`];
  const person =
    line.userId === null
      ? ''
      : line.userId === me
        ? w.isMe
        : fill(w.isColleague, { id: line.userId.slice(-4) });
  return (
    <li>
      <span className="history-at">
        <At instant={line.recordedAt} />
      </span>
      <span className="history-act">
        {actName(line.type, w)}
        {line.reasons.map((reason) => (
          <span key={`${reason.code} ${reason.note}`} className="history-reason">
            {reason.note || reason.code}
          </span>
        ))}
        <span className="hint">
          {who}
          {person} · {fill(w.logNumber, { seq: line.seq })}
        </span>
      </span>
    </li>
  );
};

/** Every act of the contract's life, the newest last. */
export const History = ({ contractId }: { contractId: string }) => {
  const { w } = useAreaWords(registryWords);
  const query = useHistory(contractId);
  const known = useWho();
  const me = known.state === 'person' ? known.me.userId : null;
  return (
    <Section title={w.history}>
      <Load query={query}>
        {({ items }) => (
          <ol className="history">
            {items.map((line) => (
              <Line key={line.seq} line={line} me={me} />
            ))}
          </ol>
        )}
      </Load>
    </Section>
  );
};
