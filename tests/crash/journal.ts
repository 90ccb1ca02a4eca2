import { closeSync, existsSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * A writer's own record, a line per step, each ended by `;` so that a line torn by a kill shows.
 * What was answered counts only once its line is on the disk.
 *
 * sent n · acked n first last version · replayed n first last version · failed n (no answer came)
 * refused n outcome · reused n (another content was refused) · wrong n (an answer that is a fault)
 */
export type Step = 'sent' | 'acked' | 'replayed' | 'failed' | 'refused' | 'reused' | 'wrong';

export interface JournalLine {
  readonly step: Step;
  readonly n: number;
  readonly rest: readonly string[];
}

export interface Journal {
  /** Survives a kill of this process: the system has it. */
  readonly note: (step: Step, n: number, ...rest: readonly (string | number)[]) => void;
  /** Resolves when the line is on the disk. */
  readonly keep: (step: Step, n: number, ...rest: readonly (string | number)[]) => Promise<void>;
  readonly close: () => void;
}

export const readJournal = (path: string): JournalLine[] => {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith(';'))
    .map((line) => {
      const [step, n, ...rest] = line.slice(0, -1).split(' ');
      return { step: step as Step, n: Number(n), rest };
    });
};

export const openJournal = (path: string): Journal => {
  const file = openSync(path, 'a', 0o600);
  // Ends the line that a killed life may have left half written.
  writeSync(file, '\n');
  let waiting: (() => void)[] = [];
  let syncing = false;

  /** One sync serves all who came before it began. */
  const sync = (): void => {
    if (syncing || waiting.length === 0) return;
    syncing = true;
    const served = waiting;
    waiting = [];
    fdatasync(file, (error) => {
      if (error) throw error;
      syncing = false;
      for (const resolve of served) resolve();
      sync();
    });
  };
  const note: Journal['note'] = (step, n, ...rest) => {
    writeSync(file, `${[step, n, ...rest].join(' ')};\n`);
  };
  return {
    note,
    keep: (...line) => {
      note(...line);
      return new Promise((resolve) => {
        waiting.push(resolve);
        sync();
      });
    },
    close: () => closeSync(file),
  };
};
