export type Direction = 'up' | 'down' | 'flat';

export interface Change {
  readonly direction: Direction;
  /** With sign and one decimal, `+8.6%`; empty when flat. */
  readonly text: string;
}

const MINUS = '−';

/** A change given in basis points, cut to a tenth of a percent. Below that it counts as flat. */
export const changeOf = (basisPoints: number): Change => {
  const tenths = Math.trunc(basisPoints / 10);
  if (tenths === 0) return { direction: 'flat', text: '' };
  const size = Math.abs(tenths);
  const digits = `${Math.trunc(size / 10)}.${size % 10}%`;
  return tenths > 0
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

/** An index value has two decimals on the wire and one on the screen, cut: `1120.87` → `1120.8`. */
export const shortIndex = (value: string): string => value.replace(/(\.\d)\d*$/, '$1');
