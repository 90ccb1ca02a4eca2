import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { monthText } from '../format/moment.ts';
import { useParameter } from '../place.tsx';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { type Between, contributionMonths } from './contribution-months.ts';
import { useContributions } from './use-contributions.ts';

const PARTINGS = ['component', 'district', 'field', 'industry'] as const;
type Parting = (typeof PARTINGS)[number];

const Partings = (props: { now: Parting; onChoose: (by: Parting) => void }) => {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, this chooses a view.
    <div className="partings" role="group" aria-label={t.waterfall}>
      {PARTINGS.map((by) => (
        <button
          key={by}
          type="button"
          className={by === props.now ? 'quiet is-chosen' : 'quiet'}
          aria-pressed={by === props.now}
          onClick={() => props.onChoose(by)}
        >
          {t[`by.${by}`]}
        </button>
      ))}
    </div>
  );
};

const useMeta = (between: Between | null): string | null => {
  const { language, t } = useWords();
  if (!between) return null;
  const nameOf = (month: string) => fill(t.monthNumber, { month: monthText(month, language) });
  const text = fill(t.waterfallOf, { from: nameOf(between.from), to: nameOf(between.to) });
  return between.provisional ? `${text} ${t.provisional}` : text;
};

/** What moved the index since the month before; on the wall by component alone. */
export const ContributionsCard = (props: { snapshot: LiveSnapshot; linked: boolean }) => {
  const { language, t } = useWords();
  const { snapshot, linked } = props;
  const [asked, choose] = useParameter('by');
  const by = (linked && PARTINGS.find((one) => one === asked)) || 'component';
  const between = contributionMonths(snapshot);
  const version = snapshot.exact
    ? `${snapshot.asOf.seq} ${snapshot.running?.value}`
    : `${snapshot.overall.point?.value}`;
  const shown = useContributions(between, by, snapshot.exact, version);
  const { table, Waterfall, missing, retry } = shown;
  const monthName = (month: string) => fill(t.monthNumber, { month: monthText(month, language) });
  const meta = useMeta(
    table && between ? { ...between, from: table.from.period, to: table.to.period } : between,
  );
  const from = between ? `?from=${between.from}&period=${between.to}` : '';
  return (
    <Card
      name="contributions"
      title={t.waterfall}
      meta={meta}
      href={linked ? `/indices${from}#contributions` : undefined}
    >
      {linked ? (
        <Partings now={by} onChoose={(one) => choose(one === 'component' ? null : one)} />
      ) : null}
      <div className="fall-place">
        {table && Waterfall ? (
          <Waterfall table={table} monthName={monthName} short={!linked} />
        ) : null}
        {missing === 'none' ? <p className="empty">{t.waterfallNone}</p> : null}
        {missing === 'failed' ? (
          <p className="empty">
            {t.waterfallFailed}{' '}
            {linked ? (
              <button type="button" className="quiet" onClick={retry}>
                {t.retry}
              </button>
            ) : null}
          </p>
        ) : null}
      </div>
    </Card>
  );
};
