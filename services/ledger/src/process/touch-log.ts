import type { LocalMonth } from '@jishi/contracts/time';
import type { FamilyFact } from '../domain/index/family/facts.ts';
import type { MarketState } from '../domain/index/family/market-state.ts';
import { isContractFact, watchCells } from '../domain/index/family/touched-cells.ts';
import { ALL_MONTHS, earliest, touchedFrom } from '../domain/index/family/touched-months.ts';
import type { Touched } from '../http/family-source.ts';

interface Touch {
  readonly seq: number;
  readonly cells: ReadonlySet<string>;
  readonly fromMonth: LocalMonth;
  readonly isContract: boolean;
}

/** Some seconds of the busiest log; who asks for more is told all cells. */
const TOUCHES_MAX = 2_048;

export interface TouchLog {
  /** Called before each event is applied, in order; what it answers, after. */
  readonly watch: (market: MarketState, fact: FamilyFact) => () => void;
  /** At a link or a freeze every value may have moved. */
  readonly allMoved: (seq: number) => void;
  readonly since: (seq: number, head: number) => Touched;
}

/** Remembers which cells the last events moved, for readers that are sent only what changed. */
export const createTouchLog = (windowMonths: number): TouchLog => {
  let touches: Touch[] = [];
  /** Everything after this sequence is remembered. */
  let from = 0;

  const remember = (touch: Touch): void => {
    touches.push(touch);
    if (touches.length < 2 * TOUCHES_MAX) return;
    from = Math.max(from, touches[TOUCHES_MAX - 1]?.seq ?? from);
    touches = touches.slice(TOUCHES_MAX);
  };

  return {
    watch: (market, fact) => {
      const after = watchCells(market, fact, windowMonths);
      const from = touchedFrom(market, fact);
      return () => {
        const cells = after();
        if (cells.size === 0) return;
        const fromMonth = earliest([from, touchedFrom(market, fact)]);
        remember({ seq: fact.seq, cells, fromMonth, isContract: isContractFact(fact) });
      };
    },
    allMoved: (seq) => {
      from = seq;
    },
    since: (seq, head) => {
      const later = touches.filter((touch) => touch.seq > seq);
      const contractSeqs = later.filter(({ isContract }) => isContract).map((one) => one.seq);
      if (seq < from) return { upTo: head, cells: null, fromMonth: ALL_MONTHS, contractSeqs };
      const cells = new Set(later.flatMap((touch) => [...touch.cells]));
      const fromMonth = earliest(later.map((touch) => touch.fromMonth));
      return { upTo: head, cells, fromMonth, contractSeqs };
    },
  };
};
