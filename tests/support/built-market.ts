import { join, resolve } from 'node:path';
import { endUnlessRefused } from '@jishi/runtime/run';
import { launch } from '@jishi/standalone/launch';
import { readSettings } from '@jishi/standalone/settings';
import { openTerminal } from '@jishi/standalone/terminal';

/**
 * The launcher of a market whose services are built already. It is built beside them itself, so
 * it finds them next to the file that node was given.
 */
const [, program = '', checkout = '.'] = process.argv;

try {
  await launch(
    resolve(checkout),
    readSettings(process.env),
    openTerminal(process.stdout),
    (service) => [process.execPath, join(program, '..', `${service}.mjs`)],
  );
} catch (error) {
  endUnlessRefused(error);
}
