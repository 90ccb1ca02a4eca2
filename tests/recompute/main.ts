import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal } from '@jishi/contracts/problem';
import { readMethod } from '@jishi/ledger/domain/index/family/method';
import { foldExport } from './export-file.ts';
import { type Periods, printValues, readPeriods } from './values.ts';

/**
 * Recomputes every index value from an export of the log and the parameter file: the same code
 * and the same strings as the ledger, on any machine, without a database.
 */
const USAGE =
  'usage: recompute --events FILE --parameters FILE [--as-of SEQ] [--periods A..B]\n' +
  '  events: the auditor\'s export, JSON lines {"seq","envelope","leaf","salt","private"};\n' +
  '  "remainder" stands for an erased private part; periods: 2026-01..2026-06\n';

interface Asked {
  readonly events: string;
  readonly parameters: string;
  readonly asOf: number | null;
  readonly periods: Periods | null;
}

const readArguments = (): Asked | null => {
  const { values } = parseArgs({
    options: {
      events: { type: 'string' },
      parameters: { type: 'string' },
      'as-of': { type: 'string' },
      periods: { type: 'string' },
    },
  });
  const { events, parameters, periods } = values;
  const asOf = values['as-of'];
  if (events === undefined || parameters === undefined) return null;
  if (asOf !== undefined && !/^[1-9]\d{0,14}$/.test(asOf)) return null;
  return {
    ...{ events, parameters, asOf: asOf === undefined ? null : Number(asOf) },
    periods: periods === undefined ? null : readPeriods(periods),
  };
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const explain = (error: unknown): string => {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  const fields = error.detail.fields ?? [];
  const lines = fields.map(({ field, rule, zh, en }) => `${rule}: ${field}: ${zh} · ${en}`);
  return [error.type, ...lines].join('\n  ');
};

const main = async (): Promise<number> => {
  const asked = readArguments();
  if (!asked) {
    process.stderr.write(USAGE);
    return 2;
  }
  const method = readMethod(JSON.parse(readFileSync(asked.parameters, 'utf8')));
  const family = await foldExport(method, asked.events, asked.asOf);
  // Nothing is printed before everything is computed: no half of an answer.
  process.stdout.write(printValues(family, asked.periods, sha256));
  return 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
