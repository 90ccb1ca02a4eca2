import type { ServiceId } from './databases.ts';
import type { Ending } from './ending.ts';
import type { ConsoleFiles } from './front-door/console-files.ts';
import type { OverallHealth } from './front-door/health.ts';
import type { ServerAccount } from './postgres/account.ts';
import type { Command } from './service-processes.ts';
import type { Settings } from './settings.ts';
import type { Service } from './supervise.ts';
import type { Terminal } from './terminal.ts';

/** Everything that the parts of one start share. */
export interface Start {
  readonly checkout: string;
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly ending: Ending;
  readonly dataFolder: string;
  readonly account: ServerAccount | undefined;
  readonly services: Map<ServiceId, Service>;
  readonly commandOf: (service: ServiceId) => Command;
  console: ConsoleFiles;
  notes: OverallHealth['notes'];
  /** Nobody writes to the log before the synthetic history is there: its time never goes back. */
  isHeld: boolean;
}
