import type { Contestant, ContestantName, Ground } from './contestant.ts';

const OPENERS: Record<ContestantName, (ground: Ground) => Promise<Contestant>> = {
  fold: async (ground) => (await import('./rebuild.ts')).openFold(ground),
  rebuildFile: async (ground) => (await import('./rebuild.ts')).openRebuildFile(ground),
  rebuildLog: async (ground) => (await import('./rebuild.ts')).openRebuildLog(ground),
  replay: async (ground) => (await import('./rebuild.ts')).openReplay(ground),
  nodeBare: async (ground) => (await import('./plain.ts')).openNodeBare(ground),
  sqlGroupBy: async (ground) => (await import('./plain.ts')).openSqlGroupBy(ground),
  duckdb: async (ground) => (await import('./duck.ts')).openDuckDb(ground),
};

/** One pass over the market: events a second, and what it came to. */
export interface Pass {
  readonly rate: number;
  readonly result: string;
}

export const playContestant = async (name: ContestantName, ground: Ground) => {
  const contestant = await OPENERS[name](ground);
  return async (): Promise<Pass> => {
    const started = performance.now();
    const result = await contestant.run();
    return { rate: (ground.events * 1_000) / (performance.now() - started), result };
  };
};
