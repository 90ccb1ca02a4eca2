/** How the live page is laid out: the fixed stage, its enlarged form, or a page that reflows. */
export type LiveView = 'wall' | 'focus' | 'desk';

export const WALL_WIDTH_MIN = 1_600;
export const STAGE_WIDTH = 1_920;
export const STAGE_HEIGHT = 1_080;

/** The address decides; without a word from it, a wide landscape screen is a wall. */
export const viewOf = (search: string, width: number, height: number): LiveView => {
  const asked = new URLSearchParams(search).get('view');
  if (asked === 'wall' || asked === 'focus' || asked === 'desk') return asked;
  return width >= WALL_WIDTH_MIN && width > height ? 'wall' : 'desk';
};

export interface StagePlace {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** One factor for the whole stage, centred: a wall never reflows. */
export const stagePlace = (width: number, height: number): StagePlace => {
  const scale = Math.min(width / STAGE_WIDTH, height / STAGE_HEIGHT);
  return {
    scale,
    left: (width - STAGE_WIDTH * scale) / 2,
    top: (height - STAGE_HEIGHT * scale) / 2,
  };
};

export const SHIFT_EVERY_MS = 600_000;
const SHIFTS = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
] as const;

/** Against burn-in the stage moves by two pixels every ten minutes, round a small square. */
export const burnInShift = (step: number): readonly [x: number, y: number] =>
  SHIFTS[step % SHIFTS.length] ?? SHIFTS[0];
