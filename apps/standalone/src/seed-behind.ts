import { join } from 'node:path';
import type { ServiceDatabases } from './databases.ts';
import type { OverallHealth } from './front-door/health.ts';
import { openLogFile } from './log-file.ts';
import { isSeeded, startSeeding } from './seeding.ts';
import { plainEnvironment, typescriptCommand } from './service-processes.ts';
import type { Start } from './start-state.ts';

const seedingNotes = (percent: number): OverallHealth['notes'] => [
  { zh: `正在生成演示数据 ${percent}%`, en: `demo data ${percent} %` },
];

/** Writes the demo data behind the running market, and lets others write as soon as it may. */
export const seedBehind = async (
  start: Start,
  about: { databases: ServiceDatabases; baseUrl: string; demoFile: string },
): Promise<void> => {
  const { checkout, dataFolder, ending, terminal } = start;
  const command = typescriptCommand(checkout);
  const preload = join(import.meta.dirname, 'end-with-parent.mjs');
  const seeding = await startSeeding({
    checkout,
    dataFolder,
    command: (script) => command(script, '--import', preload),
    baseUrl: about.baseUrl,
    ledgerUrl: about.databases.ledger.ownerUrl,
    demoAccountsFile: about.demoFile,
    env: plainEnvironment(),
    log: openLogFile(join(dataFolder, 'logs', 'seeding.log')),
    onProgress: (percent, text) => {
      start.notes = seedingNotes(percent);
      terminal.progress(percent, text);
    },
    onHistory: () => {
      start.isHeld = false;
    },
    onEnd: (done) => {
      start.isHeld = false;
      start.notes = done ? [] : [{ zh: '演示数据未能完成', en: 'the demo data is not complete' }];
      if (done) terminal.step('演示数据已就绪', 'demo data ready');
      else terminal.step('演示数据未完成，见日志', 'demo data not complete, see logs/seeding.log');
    },
  });
  if (!seeding) {
    start.isHeld = false;
    start.notes = [];
    return;
  }
  terminal.step('后台生成演示数据', 'writing demo data in the background');
  await ending.add('seeding', seeding.stop);
};

/** Until the synthetic history is there, if this start is to write it. */
export const holdUntilSeeded = async (start: Start): Promise<void> => {
  const { seed, demo } = start.settings;
  start.isHeld = seed && demo && !(await isSeeded(start.dataFolder));
  if (start.isHeld) start.notes = seedingNotes(0);
};
