import { setTimeout as pause } from 'node:timers/promises';
import { fillDisk } from './full-disk.ts';
import { type PhaseReport, runPhase } from './phase.ts';
import { type CrashServer, startCrashServer } from './server.ts';

export interface CrashOptions {
  readonly seed: number;
  /** Of kills and stops on a real disk. */
  readonly faultsMs: number;
  /** How long the small disk stays full. */
  readonly fullMs: number;
  readonly tell: (line: string) => void;
}

const SMALL_DISK_MEGABYTES = 512;
const BEFORE_FULL_MS = 1_000;
const AFTER_FULL_MS = 2_000;

const sum = (reports: readonly PhaseReport[], of: (report: PhaseReport) => number): number =>
  reports.reduce((total, report) => total + of(report), 0);

/** Runs once on a small disk that fills up, if this account may mount one. */
const runFullDisk = async (
  options: CrashOptions,
  onServer: (server: CrashServer) => void,
): Promise<PhaseReport | undefined> => {
  let server: CrashServer;
  try {
    server = await startCrashServer({ diskMegabytes: SMALL_DISK_MEGABYTES });
  } catch (error) {
    options.tell(`no small disk: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  onServer(server);
  return runPhase({
    server,
    ...{ seed: options.seed + 1, runMs: 0, tell: options.tell },
    disturb: async (unanswered) => {
      await pause(BEFORE_FULL_MS);
      options.tell('the disk is full');
      await fillDisk(server, options.fullMs, () => unanswered() > 0);
      options.tell('the disk has room again');
      await pause(AFTER_FULL_MS);
    },
  });
};

const isSound = ({ log, journals, consumers, heads, ...rest }: PhaseReport): boolean =>
  log.gaps + log.doubled + log.differing + log.unproven + log.claims === 0 &&
  journals.lost + journals.differing === 0 &&
  journals.acknowledged > 0 &&
  consumers.seen === log.events &&
  consumers.missing + consumers.twice + consumers.outOfOrder + consumers.otherBytes === 0 &&
  heads.signed > 0 &&
  heads.wrong === 0 &&
  heads.coversAll &&
  rest.alteredByteFound &&
  rest.problems.length === 0;

/** The whole run; what it answers is the JSON line. */
export const runCrash = async (options: CrashOptions) => {
  const servers: CrashServer[] = [];
  const keep = (server: CrashServer): void => {
    servers.push(server);
  };
  try {
    const server = await startCrashServer();
    keep(server);
    const main = await runPhase({ ...options, server, runMs: options.faultsMs });
    const full = await runFullDisk(options, keep);
    const reports = full ? [main, full] : [main];
    return {
      // A full disk that nobody felt was no full disk.
      ok: reports.every(isSound) && (full === undefined || full.journals.failed > 0),
      seed: options.seed,
      events: sum(reports, (r) => r.log.events),
      acknowledged: sum(reports, (r) => r.journals.acknowledged),
      unacknowledged: sum(reports, (r) => r.journals.unacknowledged),
      replayed: sum(reports, (r) => r.journals.replayed),
      conflicts: sum(reports, (r) => r.journals.conflicts),
      reused: sum(reports, (r) => r.journals.reused),
      unanswered: sum(reports, (r) => r.journals.failed),
      kills: main.faults.kills,
      stops: main.faults.stops,
      lives: sum(reports, (r) => r.lives),
      fullDisk: full
        ? { events: full.log.events, unanswered: full.journals.failed }
        : 'not-possible',
      lost: sum(reports, (r) => r.journals.lost),
      doubled: sum(reports, (r) => r.log.doubled),
      differing: sum(reports, (r) => r.log.differing + r.journals.differing),
      gaps: sum(reports, (r) => r.log.gaps),
      unproven: sum(reports, (r) => r.log.unproven),
      claims: sum(reports, (r) => r.log.claims),
      consumers: {
        seen: sum(reports, (r) => r.consumers.seen),
        missing: sum(reports, (r) => r.consumers.missing),
        twice: sum(reports, (r) => r.consumers.twice),
        outOfOrder: sum(reports, (r) => r.consumers.outOfOrder),
        shares: main.consumers.shares,
      },
      heads: {
        signed: sum(reports, (r) => r.heads.signed),
        kept: sum(reports, (r) => r.heads.kept),
        wrong: sum(reports, (r) => r.heads.wrong),
      },
      verified: reports.every((r) => r.heads.coversAll && r.heads.wrong === 0),
      alteredByteFound: reports.every((r) => r.alteredByteFound),
      problems: reports.flatMap((r) => r.problems),
    };
  } finally {
    for (const server of servers) await server.remove();
  }
};
