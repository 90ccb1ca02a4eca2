/**
 * With each figure stand S, Σv² and ln P: three equations for the values behind it, of which only
 * the first is linear. Figures of several partitions and months share contracts, so together they
 * may have as many equations as unknowns where each by itself has few. Where each figure can be
 * given four unknowns of its own, no set of figures has more than three equations for four of them
 * (Hall's condition, for every set at once).
 */
const OWN_EACH = 4;

export interface OwnUnknowns {
  /** Gives a figure unknowns of its own, if all figures before it can keep as many. */
  readonly add: (unknowns: readonly number[]) => boolean;
}

type Move = readonly [unknown: number, before: number | undefined];

export const ownUnknowns = (): OwnUnknowns => {
  const figures: (readonly number[])[] = [];
  const ownerOf = new Map<number, number>();
  /** Figures of the very same contracts say the same thing twice. */
  const known = new Set<string>();

  /** One unknown more for a figure: a shortest chain of handing on, ending at a free one. */
  const widen = (start: number, moves: Move[]): boolean => {
    const wanting = [start];
    const wantedBy = new Map<number, number>();
    /** What a figure that was asked would hand on. */
    const gaveUp = new Map<number, number>();
    for (const figure of wanting) {
      for (const unknown of figures[figure] ?? []) {
        if (wantedBy.has(unknown) || ownerOf.get(unknown) === figure) continue;
        wantedBy.set(unknown, figure);
        const owner = ownerOf.get(unknown);
        if (owner === undefined) {
          handOn(unknown, start, { wantedBy, gaveUp }, moves);
          return true;
        }
        if (owner === start || gaveUp.has(owner)) continue;
        gaveUp.set(owner, unknown);
        wanting.push(owner);
      }
    }
    return false;
  };

  const handOn = (
    free: number,
    start: number,
    { wantedBy, gaveUp }: Readonly<Record<'wantedBy' | 'gaveUp', ReadonlyMap<number, number>>>,
    moves: Move[],
  ): void => {
    let unknown = free;
    for (;;) {
      const figure = wantedBy.get(unknown) ?? start;
      moves.push([unknown, ownerOf.get(unknown)]);
      ownerOf.set(unknown, figure);
      if (figure === start) return;
      unknown = gaveUp.get(figure) ?? free;
    }
  };

  const undo = (moves: readonly Move[]): void => {
    for (const [unknown, before] of [...moves].reverse()) {
      if (before === undefined) ownerOf.delete(unknown);
      else ownerOf.set(unknown, before);
    }
    figures.pop();
  };

  return {
    add: (unknowns) => {
      const text = [...unknowns].sort((a, b) => a - b).join(' ');
      if (known.has(text)) return true;
      const figure = figures.push(unknowns) - 1;
      const moves: Move[] = [];
      for (let own = 0; own < OWN_EACH; own += 1) {
        if (widen(figure, moves)) continue;
        undo(moves);
        return false;
      }
      known.add(text);
      return true;
    },
  };
};
