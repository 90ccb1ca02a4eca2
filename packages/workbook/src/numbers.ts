const DAY_MS = 86_400_000;
const SIGNIFICANT_DIGITS = 15;
/** 9999-12-31, the last day that a workbook knows. */
const LAST_SERIAL = 2_958_465;

/** Digits of a double without an exponent: `1.5E-5` is 0.000015. */
const withoutExponent = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(text) ?? [];
  if (whole === '') return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const padded = digits.padEnd(point, '0');
  const rest = padded.slice(point);
  return `${sign}${padded.slice(0, point)}${rest === '' ? '' : `.${rest}`}`;
};

const EXPONENT_MAX = 30;

/**
 * A stored number as plain decimal digits. A workbook keeps doubles: what stands beyond fifteen
 * significant digits is noise that no program shows (`0.30000000000000004`), and is dropped.
 * Undefined when it is no number.
 */
export const decimalText = (stored: string): string | undefined => {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return undefined;
  if (/^-?\d{1,18}(\.\d{1,6})?$/.test(stored)) return stored;
  if (value === 0) return '0';
  if (Math.abs(Math.log10(Math.abs(value))) > EXPONENT_MAX) return stored;
  const plain = withoutExponent(value.toPrecision(SIGNIFICANT_DIGITS));
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
};

/**
 * The day of a serial number, or undefined out of range. Day 60 of the system of 1900 is a 29
 * February that never was: there the count is one too high from then on.
 */
export const dayOfSerial = (serial: number, from1904: boolean): string | undefined => {
  const whole = Math.floor(serial);
  if (whole < 1 || whole > LAST_SERIAL || (!from1904 && whole === 60)) return undefined;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole < 60 ? 31 : 30);
  return new Date(epoch + whole * DAY_MS).toISOString().slice(0, 10);
};
