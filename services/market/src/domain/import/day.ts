import { addDays, LocalDate } from '@jishi/contracts/time';
import { bad, fullWidth, good, plainText, quote, type RawCell, type Reading } from './cell.ts';

const FIRST_SERIAL = 29_221;
const LAST_SERIAL = 73_050;

const isoOf = (year: string, month: string, day: string): string | undefined => {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return LocalDate.safeParse(iso).success ? iso : undefined;
};

/** As spreadsheet programs show a day; a time of day after it is left out. */
const SHOWN = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
/** Unambiguous, but no day to a spreadsheet program. */
const WRITTEN = /^(\d{4})(?:\.|年)\s*(\d{1,2})(?:\.|月)\s*(\d{1,2})日?号?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const YEAR_MONTH = /^(\d{4})[-/.年](\d{1,2})月?$/;

const asText = (given: string, iso: string): Reading<string> =>
  bad(
    'date-as-text',
    `日期写成了文字${quote(given)},应为 ${iso}`,
    `The date is written as text, ${quote(given)}; it should read ${iso}`,
    iso,
  );

const serial = (text: string): Reading<string> | undefined => {
  const days = Number(text);
  if (!Number.isInteger(days) || days < FIRST_SERIAL || days > LAST_SERIAL) return undefined;
  const iso = addDays('1899-12-30', days);
  return bad(
    'date-as-number',
    `日期变成了数字 ${text},应为 ${iso}`,
    `The date turned into the number ${text}; it should read ${iso}`,
    iso,
  );
};

const unclear = (given: string, text: string): Reading<string> => {
  if (YEAR_LAST.test(text)) {
    return bad(
      'date-ambiguous',
      `${quote(given)}分不清月和日,应写作 年-月-日`,
      `Day and month cannot be told apart in ${quote(given)}; write year-month-day`,
    );
  }
  if (YEAR_MONTH.test(text)) {
    return bad('date-no-day', `${quote(given)}没有写到日`, `${quote(given)} names no day`);
  }
  return bad(
    'date-form',
    `${quote(given)}不是日期。日期应写作 YYYY-MM-DD`,
    `${quote(given)} is no date. A date is written YYYY-MM-DD`,
  );
};

/** A day. `2026-3-5` and `2026/3/5` are read as they are; other writings are asked about. */
export const readDay = (cell: RawCell): Reading<string> => {
  const wide = fullWidth(cell.text);
  if (wide) return wide;
  const text = plainText(cell.text);
  const number = cell.kind === 'date' ? undefined : serial(text);
  if (number) return number;
  for (const [form, read] of [
    [SHOWN, (iso: string) => good(iso)],
    [WRITTEN, (iso: string) => asText(cell.text, iso)],
    [COMPACT, (iso: string) => asText(cell.text, iso)],
  ] as const) {
    const [, year = '', month = '', day = ''] = form.exec(text) ?? [];
    if (year === '') continue;
    const iso = isoOf(year, month, day);
    if (iso) return read(iso);
    return bad(
      'date-not-real',
      `没有${quote(cell.text)}这一天`,
      `There is no day ${quote(cell.text)}`,
    );
  }
  return unclear(cell.text, text);
};
