import { type Health, healthEndpoint } from '@jishi/contracts/health';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { At } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import '../exchange.css';
import { Outbox } from '../desk/outbox.tsx';
import { deskWords } from '../desk/words.ts';
import { FiguresInWords } from './health-words.tsx';
import { adminWords } from './words.ts';

const SPECS = {
  market: healthEndpoint('market'),
  ledger: healthEndpoint('ledger'),
  subsidy: healthEndpoint('subsidy'),
};

const toneOf = (health: Health): 'ok' | 'bad' => (health.status === 'ok' ? 'ok' : 'bad');

const OfService = (props: { service: keyof typeof SPECS }) => {
  const { w, language } = useAreaWords(adminWords);
  const query = useRead(SPECS[props.service], {}, { everyMs: 10_000 });
  return (
    <Section title={w[`service.${props.service}`]}>
      <Load query={query}>
        {(health) => (
          <>
            <p>
              <Tag tone={toneOf(health)}>{w[health.status]}</Tag> {w.since}{' '}
              <At instant={health.startedAt} />
            </p>
            {health.notes.length === 0 ? (
              <p className="hint">{w.noNotes}</p>
            ) : (
              <ul className="plain-list">
                {health.notes.map((note) => (
                  <li key={note.en}>{note[language]}</li>
                ))}
              </ul>
            )}
            <FiguresInWords health={health} />
          </>
        )}
      </Load>
    </Section>
  );
};

/** Whether everything works, what is late, and what was refused and waits. */
export const HealthPage = () => {
  const { w } = useAreaWords(adminWords);
  const { w: d } = useAreaWords(deskWords);
  return (
    <>
      <PageHead title={w.health} note={w.healthNote} />
      <div className="health-grid">
        <OfService service="market" />
        <OfService service="ledger" />
        <OfService service="subsidy" />
      </div>
      <Section title={d.outbox}>
        <Outbox />
      </Section>
      <Section title={w.backup}>
        <p>{w.backupNote}</p>
      </Section>
    </>
  );
};
