export type Direction = 'up' | 'down' | 'flat';

export interface Change {
  readonly direction: Direction;
  /** With sign and one decimal, `+8.6%`; empty when flat. */
  readonly text: string;
}

const MINUS = '−';

/**
 * A change given in basis points, to the nearest tenth of a percent, a half away from zero. What
 * comes to none counts as flat.
 */
export const changeOf = (basisPoints: number): Change => {
  const size = Math.trunc((Math.abs(basisPoints) + 5) / 10);
  if (size === 0) return { direction: 'flat', text: '' };
  const digits = `${Math.trunc(size / 10)}.${size % 10}%`;
  return basisPoints > 0
    ? { direction: 'up', text: `+${digits}` }
    : { direction: 'down', text: `${MINUS}${digits}` };
};

/** Shape beside the sign: colour alone never carries the direction. */
export const SHAPES: Readonly<Record<Direction, string>> = { up: '▲', down: '▼', flat: '—' };

/** Part of a whole in percent with one decimal, cut: `85.1%`. A whole of zero has no share. */
export const percentOf = (part: bigint, whole: bigint): string => {
  if (whole <= 0n) return '—';
  const tenths = (part * 1000n) / whole;
  return `${tenths / 10n}.${tenths % 10n}%`;
};

/**
 * An index value has two decimals on the wire and one on the screen, the nearest, a half upwards:
 * `1120.87` → `1120.9`.
 */
export const shortIndex = (value: string): string => {
  const [, whole, tenth, next] = /^(\d+)\.(\d)(\d)\d*$/.exec(value) ?? [];
  if (whole === undefined || tenth === undefined || next === undefined) return value;
  const tenths = BigInt(whole + tenth) + (next >= '5' ? 1n : 0n);
  return `${tenths / 10n}.${tenths % 10n}`;
};
