/** Something published that does not follow from what stands beside it. */
export interface Difference {
  /** A series, `contributions`, or `content` for what belongs to none. */
  readonly where: string;
  readonly field: string;
  readonly published: unknown;
  readonly recomputed: unknown;
}
