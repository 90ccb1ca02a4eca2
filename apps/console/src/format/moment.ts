const ZONE = 'Asia/Shanghai';

const timeFormat = (seconds: boolean): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  });

const TO_SECONDS = timeFormat(true);
const TO_MINUTES = timeFormat(false);
const TO_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });

/** Business time of an instant (ms), `14:32:08`. */
export const clockTime = (ms: number): string => TO_SECONDS.format(ms);
export const minuteTime = (ms: number): string => TO_MINUTES.format(ms);
/** Business day of an instant, `2026-11-20`. */
export const dayOf = (ms: number): string => TO_DAY.format(ms);

/** A time of the same business day, else the day without its year: `14:31` or `11-19`. */
export const timeOrDay = (ms: number, nowMs: number): string =>
  dayOf(ms) === dayOf(nowMs) ? minuteTime(ms) : dayOf(ms).slice(5);

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `2026-10` as the dictionary's month wants it: `10` in Chinese, `Oct` in English. */
export const monthText = (month: string, language: 'zh' | 'en'): string => {
  const number = Number(month.slice(5, 7));
  return language === 'zh' ? String(number) : (MONTHS[number - 1] ?? month);
};

/** `2026-10` for an axis: `2026年10月`, `Oct 2026`. */
export const monthAndYear = (month: string, language: 'zh' | 'en'): string =>
  language === 'zh'
    ? `${month.slice(0, 4)}年${monthText(month, 'zh')}月`
    : `${monthText(month, 'en')} ${month.slice(0, 4)}`;
