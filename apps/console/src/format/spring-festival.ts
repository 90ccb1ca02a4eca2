const LUNAR = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

const isNewYearsDay = (ms: number): boolean => {
  const parts = LUNAR.formatToParts(ms);
  const part = (type: string) => parts.find((p) => p.type === type)?.value;
  return part('month') === '1' && part('day') === '1';
};

const DAY_MS = 86_400_000;
const known = new Map<number, string>();

/**
 * The month in which 春节 falls, `2026-02`, from the calendar data of the platform. It lies between
 * 21 January and 21 February of every year (the reform of 1929 aside).
 */
export const springFestivalMonth = (year: number): string => {
  const remembered = known.get(year);
  if (remembered) return remembered;
  const first = Date.UTC(year, 0, 20);
  const days = Array.from({ length: 34 }, (_, index) => first + index * DAY_MS);
  const found = days.find(isNewYearsDay);
  // Without lunar data no month is marked rather than a wrong one.
  const month = found === undefined ? '' : new Date(found).toISOString().slice(0, 7);
  known.set(year, month);
  return month;
};

export const isSpringFestivalMonth = (month: string): boolean =>
  springFestivalMonth(Number(month.slice(0, 4))) === month;
