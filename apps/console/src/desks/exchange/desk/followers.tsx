import { healthEndpoint } from '@jishi/contracts/health';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Facts } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { deskWords } from './words.ts';

const SPECS = { ledger: healthEndpoint('ledger'), subsidy: healthEndpoint('subsidy') };

type Figures = Readonly<Record<string, string | number | null>>;

const numberOf = (value: string | number | null | undefined): number | null =>
  typeof value === 'number' ? value : null;

/** `index.cursor` and `index.lag` of one service's health, by the name of the consumer. */
const followersOf = (figures: Figures): readonly (readonly [string, string, number | null])[] =>
  Object.entries(figures).flatMap(([key, at]) => {
    const name = key.endsWith('.cursor') ? key.slice(0, -'.cursor'.length) : null;
    if (name === null) return [];
    return [[name, `#${at ?? '—'}`, numberOf(figures[`${name}.lag`])] as const];
  });

const OfService = (props: { service: keyof typeof SPECS }) => {
  const { w } = useAreaWords(deskWords);
  const query = useRead(SPECS[props.service], {}, { everyMs: 15_000 });
  return (
    <Load query={query}>
      {(health) => (
        <Facts
          items={followersOf(health.figures).map(([name, at, lag]) => [
            `${props.service} · ${name}`,
            <span key={name}>
              {at}{' '}
              {lag === null ? null : (
                <Tag tone={lag === 0 ? 'ok' : 'warn'}>
                  {w.lag} {lag}
                </Tag>
              )}
            </span>,
          ])}
        />
      )}
    </Load>
  );
};

/** How far every reader of the log has come. */
export const Followers = () => {
  const { w } = useAreaWords(deskWords);
  return (
    <>
      <p className="hint">{w.consumersNote}</p>
      <OfService service="ledger" />
      <OfService service="subsidy" />
    </>
  );
};
