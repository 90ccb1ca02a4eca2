import { type ReactNode, useState } from 'react';
import { amountIn, exactYuan, unitOf } from '../format/amount.ts';
import { dayOf, minuteTime } from '../format/moment.ts';
import { fill, useWords } from '../words/words.tsx';
import { groupedNumber } from './text.ts';

/**
 * An amount of whole fen. Short form (万元, 亿元) with the exact yuan on hover; `exact` in
 * decisions, payments, case lines: `402,500.00 元`, always with both decimals.
 */
export const Amount = (props: { fen: string | bigint; exact?: boolean; bare?: boolean }) => {
  const { language, t } = useWords();
  const fen = BigInt(props.fen);
  const size = fen < 0n ? -fen : fen;
  const sign = fen < 0n ? '−' : '';
  const exact = `${sign}${exactYuan(size)}`;
  if (props.exact) {
    return (
      <span className="amount">
        {exact}
        {props.bare ? null : <span className="small-unit">{t['unit.yuan']}</span>}
      </span>
    );
  }
  const unit = unitOf(size, language);
  return (
    <span className="amount" title={`${exact} ${t['unit.yuan']}`}>
      {sign}
      {amountIn(size, unit, language)}
      <span className="small-unit">{t[`unit.${unit}`]}</span>
    </span>
  );
};

/** An instant as business time: `11-20 14:31`, with the whole of it on hover. */
export const At = (props: { instant: string }) => {
  const ms = Date.parse(props.instant);
  const day = dayOf(ms);
  const shown = day.slice(0, 4) === dayOf(Date.now()).slice(0, 4) ? day.slice(5) : day;
  return (
    <time dateTime={props.instant} title={`${day} ${minuteTime(ms)} Asia/Shanghai`}>
      {shown} {minuteTime(ms)}
    </time>
  );
};

export const Day = (props: { day: string }) => <time dateTime={props.day}>{props.day}</time>;

/** An id or a number that people copy: grouped to read, whole to paste. */
export const Copyable = (props: { text: string; shown?: ReactNode }) => {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(props.text).catch(() => undefined);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <span className="copyable">
      <span>{props.shown ?? props.text}</span>
      <button
        type="button"
        className="quiet"
        aria-label={fill(t.copyThis, { text: props.text })}
        onClick={() => void copy()}
      >
        {copied ? t.copied : t.copy}
      </button>
    </span>
  );
};

export const RegistrationNumber = ({ number }: { number: string }) => (
  <Copyable text={number} shown={<span className="mono">{groupedNumber(number)}</span>} />
);

/** The last part of a UUID is enough to tell two records on one page apart. */
export const ShortId = ({ id }: { id: string }) => (
  <span className="mono" title={id}>
    {id.slice(-8)}
  </span>
);

/** A hash by its first characters; the whole of it is copied. */
export const Hash = ({ hex }: { hex: string }) => (
  <Copyable text={hex} shown={<span className="mono">{hex.slice(0, 12)}…</span>} />
);
