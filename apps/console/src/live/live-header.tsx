import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { cityName } from '../format/names.ts';
import { fill, useWords } from '../words/words.tsx';
import { FreshnessLine } from './freshness-line.tsx';
import type { Pulse } from './parse-snapshot.ts';

/** Name, what kind of data this is, and how fresh. */
export const LiveHeader = (props: {
  snapshot: LiveSnapshot;
  heardAtMs: number;
  pulse: Pulse;
  linked: boolean;
}) => {
  const { language, t } = useWords();
  const { snapshot, heardAtMs, pulse, linked } = props;
  const stepped = fill(t.publicViewMeaning, { seq: snapshot.asOf.seq });
  return (
    <header className="live-header">
      <div className="live-name">
        <h1>
          {linked ? null : t.name}
          <span className={linked ? undefined : 'visually-hidden'}> {t.live}</span>
        </h1>
        <p className="city">{fill(t.cityMarket, { city: cityName(snapshot.city, language) })}</p>
        {snapshot.head.kind === 'synthetic' ? (
          <p className="badge" title={t.syntheticMeaning}>
            {t.synthetic}
          </p>
        ) : null}
        <p className="badge quiet-badge" title={snapshot.exact ? undefined : stepped}>
          {snapshot.exact ? t.exactView : t.publicView}
        </p>
      </div>
      <FreshnessLine
        heardAtMs={heardAtMs}
        headSeq={pulse.headSeq ?? snapshot.head.seq}
        asOfSeq={snapshot.asOf.seq}
        asOfDay={snapshot.gauge.asOfDay}
        status={pulse.status}
        linked={linked}
      />
    </header>
  );
};
