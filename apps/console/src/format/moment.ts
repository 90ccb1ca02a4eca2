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

/**
 * When a contract was registered, `14:31` or `11-19`: a time only for a registration of today that
 * was also recorded today. An old registration entered just now must not look like today's.
 */
export const registrationMark = (
  line: { readonly registeredOn: string; readonly recordedAt: string },
  nowMs: number,
): { readonly text: string; readonly dateTime: string } => {
  const recordedMs = Date.parse(line.recordedAt);
  const recordedOn = dayOf(recordedMs);
  return recordedOn === line.registeredOn && recordedOn === dayOf(nowMs)
    ? { text: minuteTime(recordedMs), dateTime: line.recordedAt }
    : { text: line.registeredOn.slice(5), dateTime: line.registeredOn };
};

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

/** `2026-01` → `2025-12`. */
export const monthBefore = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
};
