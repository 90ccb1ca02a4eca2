import { setTimeout as pause } from 'node:timers/promises';
import { kill } from '../drill/processes.ts';
import type { Random } from '../drill/random.ts';
import type { Child, ChildKind } from './children.ts';
import type { CrashServer } from './server.ts';

const FAULTS = [
  'kill writer',
  'kill writer',
  'kill consumer',
  'kill consumer',
  'kill signer',
  'kill backend',
  'kill backend',
  'kill postgres',
  'kill everything',
  'stop writer',
  'stop consumer',
  'stop backend',
] as const;
type Fault = (typeof FAULTS)[number];

const PAUSE_FROM_MS = 150;
const PAUSE_TO_MS = 2_500;
const STOP_FROM_MS = 50;
const STOP_TO_MS = 1_500;

export interface FaultCounts {
  readonly kills: Record<string, number>;
  stops: number;
}

export interface Scene {
  readonly server: CrashServer;
  readonly children: readonly Child[];
}

/** Of those at work: to kill starts again and again would test only starts. */
const pickChild = (scene: Scene, kind: ChildKind, random: Random): Child | undefined => {
  const those = scene.children.filter((child) => child.kind === kind && child.isAtWork());
  return those.length > 0 ? random.pick(those) : undefined;
};

const signalTo = (pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
};

const stopped = async (
  signal: (name: 'SIGSTOP' | 'SIGCONT') => void,
  ms: number,
): Promise<void> => {
  signal('SIGSTOP');
  await pause(ms);
  signal('SIGCONT');
};

/** Strikes once, while something is being written; says whether there was something to strike. */
const strike = async (scene: Scene, fault: Fault, random: Random): Promise<boolean> => {
  const [act, what] = fault.split(' ') as ['kill' | 'stop', string];
  const stopMs = random.between(STOP_FROM_MS, STOP_TO_MS);
  if (!scene.children.some((child) => child.kind === 'writer' && child.isAtWork())) return false;
  if (what === 'postgres') {
    await scene.server.crash();
    return true;
  }
  if (what === 'everything') {
    await Promise.all([scene.server.crash(), ...scene.children.map((child) => child.kill())]);
    return true;
  }
  if (what === 'backend') {
    const found = await scene.server.backend(random);
    if (!found) return false;
    if (act === 'kill') kill(found.pid);
    else await stopped((signal) => signalTo(found.pid, signal), stopMs);
    return true;
  }
  const child = pickChild(scene, what as ChildKind, random);
  if (!child) return false;
  if (act === 'kill') await child.kill();
  else await stopped(child.signal, stopMs);
  return true;
};

/** Faults at seeded moments until the time is over. */
export const strikeUntil = async (
  scene: Scene,
  untilMs: number,
  random: Random,
  counts: FaultCounts,
  tell: (line: string) => void,
): Promise<void> => {
  for (;;) {
    const pauseMs = random.between(PAUSE_FROM_MS, PAUSE_TO_MS);
    if (performance.now() + pauseMs > untilMs) return;
    await pause(pauseMs);
    const fault = random.pick(FAULTS);
    if (!(await strike(scene, fault, random))) continue;
    tell(fault);
    const [act, what = ''] = fault.split(' ');
    if (act === 'stop') counts.stops += 1;
    else counts.kills[what] = (counts.kills[what] ?? 0) + 1;
  }
};
