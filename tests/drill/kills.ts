import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { JourneyResult } from '../journey/journey.ts';
import { startMarket, waitUntilUp } from '../journey/market-server.ts';
import { killTarget, type Target } from './processes.ts';
import type { Random } from './random.ts';
import { startTraveller, type Traveller } from './travellers.ts';

const TARGETS: readonly (Target | 'journey')[] = [
  'market',
  'ledger',
  'subsidy',
  'postgres',
  'launcher',
  'everything',
  'journey',
];
const AT_ONCE = 2;
const PAUSE_FROM_MS = 800;
const PAUSE_TO_MS = 4_000;
/** A journey that ends before a kill is no test of it: new ones start until the kills are done. */
const JOURNEYS_MAX = 60;

export interface Installation {
  child: ChildProcess;
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly port: number;
}

const restart = async (installation: Installation): Promise<void> => {
  const started = await startMarket(installation.dataDir, installation.port, { SEED: 'off' });
  installation.child = started.child;
};

/** One kill at a seeded moment; what does not come back by itself is started again. */
const strike = async (
  installation: Installation,
  target: Target | 'journey',
  travellers: readonly Traveller[],
): Promise<void> => {
  if (target === 'journey') {
    travellers.find((t) => !t.isDone())?.kill();
    return;
  }
  const launcher = installation.child.pid;
  if (!launcher) throw new Error('no launcher to kill');
  await killTarget(target, launcher, installation.dataDir);
  if (target === 'launcher' || target === 'everything') await restart(installation);
  else await waitUntilUp(installation.baseUrl, installation.child);
};

export interface KillsOutcome {
  readonly results: readonly JourneyResult[];
  readonly kills: Record<string, number>;
  readonly lives: number;
}

/** Journeys travel while things are killed; every journey must arrive. */
export const runKills = async (
  installation: Installation,
  kills: number,
  random: Random,
  tell: (line: string) => void,
): Promise<KillsOutcome> => {
  const travellers: Traveller[] = [];
  const counted: Record<string, number> = {};
  const board = (): void => {
    while (
      travellers.filter((t) => !t.isDone()).length < AT_ONCE &&
      travellers.length < JOURNEYS_MAX
    ) {
      travellers.push(startTraveller(installation.baseUrl, installation.dataDir));
    }
  };
  for (let n = 1; n <= kills; n++) {
    board();
    await pause(random.between(PAUSE_FROM_MS, PAUSE_TO_MS));
    const target = random.pick(TARGETS);
    counted[target] = (counted[target] ?? 0) + 1;
    tell(`kill ${n}/${kills}: ${target} (${travellers.length} journeys)`);
    await strike(installation, target, travellers);
  }
  const results = await Promise.all(travellers.map((t) => t.result));
  return { results, kills: counted, lives: travellers.reduce((sum, t) => sum + t.lives(), 0) };
};
