import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { exactYuan, shortAmount, withoutZeros } from '../format/amount.ts';
import { fill, useWords } from '../words/words.tsx';
import { BigNumber } from './big-number.tsx';
import { Card } from './card.tsx';
import { type GaugeFigures, gaugeFigures } from './gauge-figures.ts';

export interface NumberProps {
  readonly snapshot: LiveSnapshot;
  /** The data are too old: no figure may look current. */
  readonly gone: boolean;
  readonly linked: boolean;
}

export const useAmount = () => {
  const { language, t } = useWords();
  return (fen: bigint) => {
    const { digits, unit } = shortAmount(fen, language);
    const unitWord = t[`unit.${unit}`];
    return {
      digits,
      unit: unitWord,
      shortUnit: t[`unit.${unit}.short`],
      text: `${digits} ${unitWord}`,
      short: `${digits} ${t[`unit.${unit}.short`]}`,
      round: `${withoutZeros(digits)} ${unitWord}`,
      exact: `${exactYuan(fen)} ${t['unit.yuan']}`,
    };
  };
};

const Bullet = (props: { figures: GaugeFigures; year: number; end: string }) => {
  const { t } = useWords();
  const { figures, year, end } = props;
  const { fillPercent, tickPercent, share, pace } = figures;
  // The label hangs left of the tick, and right of it while the year is young.
  const side = tickPercent >= 40 ? 'left' : 'right';
  const style = side === 'left' ? { right: `${100 - tickPercent}%` } : { left: `${tickPercent}%` };
  return (
    <div className="bullet">
      <div
        className="bullet-bar"
        role="img"
        aria-label={fill(t.gaugeText, { year, percent: share ?? t.none, pace })}
      >
        <div
          className={figures.reached ? 'bullet-fill reached' : 'bullet-fill'}
          style={{ width: `${fillPercent}%` }}
        />
        <div className="bullet-tick" style={{ left: `${tickPercent}%` }} />
      </div>
      <div className="bullet-labels" aria-hidden="true">
        <span className={`bullet-pace ${side}`} style={style}>
          {fill(t.pace, { percent: pace })}
        </span>
        {tickPercent < 92 ? <span className="bullet-end">{end}</span> : null}
      </div>
    </div>
  );
};

const spoken = (a: { text: string; short: string; exact: string }) => ({
  amount: a.text,
  short: a.short,
  exact: a.exact,
});

export const GaugeCard = ({ snapshot, gone, linked }: NumberProps) => {
  const { t } = useWords();
  const amount = useAmount();
  const { gauge } = snapshot;
  const figures = gaugeFigures(gauge);
  const value = amount(figures.value);
  const target = figures.target === null ? null : amount(figures.target);
  const gap = figures.gap === null ? null : spoken(amount(figures.gap));
  const over = figures.over === null ? null : spoken(amount(figures.over));
  const meta = !gauge.target
    ? t.targetNone
    : gauge.target.carried
      ? fill(t.targetCarried, { setFor: gauge.target.setForYear, amount: target?.round ?? '' })
      : fill(t.targetAmount, { amount: target?.round ?? '' });
  return (
    <Card
      name="number-gauge"
      title={fill(t.yearValue, { year: gauge.year })}
      href={linked ? '/api/ledger/gauge' : undefined}
      meta={<span title={gauge.target?.source}>{meta}</span>}
    >
      <div className="gauge-row">
        {gone ? (
          <BigNumber text={t.none} />
        ) : (
          <BigNumber text={value.digits} unit={value.unit} exact={value.exact} />
        )}
        {gone || !figures.share ? null : (
          <p className="gauge-side">
            <strong>{figures.share}</strong>
            {gap ? <span title={gap?.exact}>{fill(t.targetGap, gap ?? {})}</span> : null}
            {over ? <span title={over?.exact}>{fill(t.targetOver, over ?? {})}</span> : null}
          </p>
        )}
      </div>
      {gone || !target ? null : (
        <Bullet figures={figures} year={gauge.year} end={withoutZeros(target.digits)} />
      )}
    </Card>
  );
};

const Pair = (props: { label: string; fen: string }) => {
  const amount = useAmount()(BigInt(props.fen));
  return (
    <span className="pair" title={amount.exact}>
      <span className="label">{props.label}</span>
      <strong>
        {amount.digits}
        <span className="small-unit">{amount.shortUnit}</span>
      </strong>
    </span>
  );
};

export const PaceCard = ({ snapshot, gone, linked }: NumberProps) => {
  const { t } = useWords();
  const amount = useAmount();
  const { gauge } = snapshot;
  const needed = gauge.requiredPerWorkingDayFen;
  const required = needed === null ? null : amount(BigInt(needed));
  const words = gauge.reachedOn
    ? t.reached
    : required
      ? null
      : gauge.target
        ? t.noDaysLeft
        : t.targetNone;
  const left = fill(t.daysLeft, { n: gauge.workingDaysLeft });
  return (
    <Card
      name="number-pace"
      title={t.needPerDay}
      href={linked ? '/api/ledger/gauge' : undefined}
      meta={
        <span title={gauge.calendarProvisional ? t.calendarProvisional : undefined}>
          {gauge.reachedOn ? fill(t.reachedOn, { day: gauge.reachedOn }) : left}
        </span>
      }
    >
      {gone ? (
        <BigNumber text={t.none} />
      ) : required && !words ? (
        <BigNumber text={required.digits} unit={required.unit} exact={required.exact} />
      ) : (
        <p className="big words">{words}</p>
      )}
      {gone ? null : (
        <p className="under">
          <Pair label={t.recentMean} fen={gauge.meanOfLast20WorkingDaysFen} />
          <Pair label={t.projected} fen={gauge.projectedFen} />
        </p>
      )}
    </Card>
  );
};
