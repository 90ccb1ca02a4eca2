import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { useCallback, useLayoutEffect, useState } from 'react';
import { usePlace } from '../place.tsx';
import { SiteBar } from '../site-bar.tsx';
import { LoadFailed, Skeleton } from '../states.tsx';
import { fill, useWords } from '../words/words.tsx';
import { ContributionsCard } from './contributions-card.tsx';
import { DistrictTiles } from './district-tiles.tsx';
import { FeedLines } from './feed-lines.tsx';
import { FieldBars } from './field-bars.tsx';
import type { Freshness } from './freshness.ts';
import { IndexCard } from './index-card.tsx';
import { IndexLine } from './index-line.tsx';
import { IndustryTable } from './industry-table.tsx';
import './live.css';
import './live-desk.css';
import './live-wall.css';
import { LiveHeader } from './live-header.tsx';
import { MovesLine } from './moves-line.tsx';
import { GaugeCard, PaceCard } from './number-cards.tsx';
import { Stage, useWindowSize } from './stage.tsx';
import { useFreshness, useLive } from './use-live.ts';
import { useValues } from './use-values.ts';
import { type ValuesState, withRunning } from './values-state.ts';
import { type LiveView, viewOf } from './view.ts';

const FEED_ROWS: Readonly<Record<LiveView, number>> = { wall: 4, focus: 0, desk: 12 };

/** The wall's theme belongs to the whole document: margins beside a 21:9 stage are dark too. */
const useDocumentView = (isWall: boolean): void => {
  useLayoutEffect(() => {
    const root = document.documentElement;
    if (isWall) root.dataset.view = 'wall';
    else delete root.dataset.view;
    return () => {
      delete root.dataset.view;
    };
  }, [isWall]);
};

const Blocks = (props: {
  snapshot: LiveSnapshot;
  values: ValuesState;
  view: LiveView;
  freshness: Freshness;
  heardAtMs: number;
  onSettled: () => void;
}) => {
  const { snapshot, values, view, freshness, heardAtMs, onSettled } = props;
  const linked = view === 'desk';
  const gone = freshness === 'gone';
  const stopped = gone || freshness === 'stopped';
  return (
    <>
      <IndexCard snapshot={snapshot} gone={gone} linked={linked} />
      <GaugeCard snapshot={snapshot} gone={gone} linked={linked} />
      <PaceCard snapshot={snapshot} gone={gone} linked={linked} />
      <IndexLine snapshot={snapshot} withTable={linked} onSettled={onSettled} />
      {view === 'focus' ? null : (
        <>
          <DistrictTiles snapshot={snapshot} values={values} linked={linked} />
          <ContributionsCard snapshot={snapshot} linked={linked} />
          <FieldBars snapshot={snapshot} linked={linked} />
          <FeedLines
            snapshot={snapshot}
            rows={FEED_ROWS[view]}
            linked={linked}
            stoppedAtMs={stopped ? heardAtMs : null}
          />
        </>
      )}
      {linked ? <IndustryTable snapshot={snapshot} /> : null}
    </>
  );
};

export const LivePage = () => {
  const { t } = useWords();
  const { search } = usePlace();
  const size = useWindowSize();
  const view = viewOf(search, size.width, size.height);
  const isWall = view !== 'desk';
  useDocumentView(isWall);
  const exact = new URLSearchParams(search).get('exact') === '1';
  const { snapshot: read, heardAtMs, trouble, pulse, retry } = useLive(exact);
  const values = useValues(read?.exact ?? false);
  const snapshot = read && withRunning(read, values);
  const freshness = useFreshness(heardAtMs, pulse.status);
  const [settled, setSettled] = useState(false);
  const onSettled = useCallback(() => setSettled(true), []);
  if (!snapshot || heardAtMs === null) {
    return (
      <>
        {isWall ? null : <SiteBar />}
        <main id="main" className="page-main">
          <h1 className="visually-hidden">{t.live}</h1>
          {trouble ? <LoadFailed trouble={trouble} onRetry={retry} /> : <Skeleton />}
        </main>
      </>
    );
  }
  const header = (
    <LiveHeader snapshot={snapshot} heardAtMs={heardAtMs} pulse={pulse} linked={!isWall} />
  );
  const blocks = (
    <main id="main" data-ready={settled ? '' : undefined}>
      {isWall || snapshot.exact ? null : (
        <p className="view-note">{fill(t.publicViewMeaning, { seq: snapshot.asOf.seq })}</p>
      )}
      {isWall ? null : <MovesLine values={values} />}
      <div className="blocks">
        <Blocks
          snapshot={snapshot}
          values={values}
          view={view}
          freshness={freshness}
          heardAtMs={heardAtMs}
          onSettled={onSettled}
        />
      </div>
    </main>
  );
  if (isWall) {
    return (
      <Stage size={size} className={`live ${view} is-${freshness}`}>
        {header}
        {blocks}
      </Stage>
    );
  }
  return (
    <>
      <SiteBar />
      <div className={`live desk is-${freshness}`}>
        {header}
        {blocks}
      </div>
    </>
  );
};
