import { join, resolve } from 'node:path';
import { endUnlessRefused } from '@jishi/runtime/run';
import { launch } from './launch.ts';
import { readSettings } from './settings.ts';
import { openTerminal } from './terminal.ts';

const checkout = resolve(join(import.meta.dirname, '..', '..', '..'));
const terminal = openTerminal(process.stdout);

try {
  await launch(checkout, readSettings(process.env), terminal);
} catch (error) {
  endUnlessRefused(error);
}
