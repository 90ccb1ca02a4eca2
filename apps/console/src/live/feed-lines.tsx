import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { useRef } from 'react';
import { dayOf, minuteTime, registrationMark } from '../format/moment.ts';
import { fieldFullName, fieldName, regionName } from '../format/names.ts';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { useAmount } from './number-cards.tsx';

type Line = LiveSnapshot['feed'][number];

const FeedRow = (props: { line: Line; fresh: boolean; linked: boolean }) => {
  const { line, fresh, linked } = props;
  const { language, t } = useWords();
  const amount = useAmount();
  const value = line.publishedValueFen === null ? null : amount(BigInt(line.publishedValueFen));
  const from = regionName(line.sellerDistrict, language, t);
  const to = regionName(line.buyerDistrict, language, t);
  const mark = registrationMark(line, Date.now());
  const times = fill(t.feedTimes, { day: line.registeredOn, recordedAt: line.recordedAt });
  return (
    <li className={fresh ? 'feed-row fresh' : 'feed-row'}>
      <time dateTime={mark.dateTime} title={times}>
        {linked ? (
          <a href={`/api/ledger/feed?after=${line.seq - 1}&limit=1`}>{mark.text}</a>
        ) : (
          mark.text
        )}
      </time>
      <span className="feed-what">
        <strong title={fieldFullName(line.fieldCode, language)}>
          {fieldName(line.fieldCode, language)}
        </strong>
        <span>{t[`type.${line.contractType}`]}</span>
      </span>
      <span className="feed-where">
        {from}
        <span aria-hidden="true"> → </span>
        <span className="visually-hidden">, </span>
        {to}
      </span>
      {value ? (
        <strong className="feed-value" title={value.exact}>
          {value.text}
        </strong>
      ) : (
        <span className="feed-value">{t.valueHidden}</span>
      )}
    </li>
  );
};

export const FeedLines = (props: {
  snapshot: LiveSnapshot;
  rows: number;
  linked: boolean;
  /** Set when the data stopped: the heading must not say «latest». */
  stoppedAtMs: number | null;
}) => {
  const { t } = useWords();
  const { snapshot, stoppedAtMs } = props;
  const lines = snapshot.feed.slice(0, props.rows);
  // Rows there at the first look do not slide in; rows that arrive later do, once.
  const firstSeen = useRef(lines[0]?.seq ?? 0);
  const title =
    stoppedAtMs === null ? t.feed : fill(t.stoppedAt, { time: minuteTime(stoppedAtMs) });
  // The public view may still be of an earlier day: then that is not «today».
  const { asOfDay } = snapshot.gauge;
  const isToday = asOfDay === dayOf(Date.now());
  const meta = fill(isToday ? t.feedToday : t.feedOfDay, {
    n: snapshot.registeredToday,
    day: asOfDay.slice(5),
  });
  return (
    <Card name="feed" title={title} meta={meta}>
      {lines.length === 0 ? (
        <p className="empty">{t.feedEmpty}</p>
      ) : (
        <ol className="feed-list">
          {lines.map((line) => (
            <FeedRow
              key={line.seq}
              line={line}
              fresh={line.seq > firstSeen.current}
              linked={props.linked}
            />
          ))}
        </ol>
      )}
    </Card>
  );
};
