import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { readMethod } from '@jishi/ledger/domain/index/family/method';
import { foldExport } from './export-file.ts';
import { recomputePublished } from './published.ts';
import { type Periods, printValues, readPeriods } from './values.ts';

/**
 * Recomputes every index value from an export of the log and the parameter file: the same code
 * and the same strings as the ledger, on any machine, without a database.
 */
const USAGE =
  'usage: recompute --events FILE --parameters FILE [--as-of SEQ] [--periods A..B]\n' +
  '  events: the auditor\'s export, JSON lines {"seq","envelope","leaf","salt","private"};\n' +
  '  "remainder" stands for an erased private part; periods: 2026-01..2026-06\n' +
  'usage: recompute --published FILE\n' +
  '  an answer of /api/ledger/index/publications/{period}, or its content: needs no log\n';

interface Asked {
  readonly published?: undefined;
  readonly events: string;
  readonly parameters: string;
  readonly asOf: number | null;
  readonly periods: Periods | null;
}

const readArguments = (): Asked | { readonly published: string } | null => {
  const { values } = parseArgs({
    options: {
      events: { type: 'string' },
      parameters: { type: 'string' },
      'as-of': { type: 'string' },
      periods: { type: 'string' },
      published: { type: 'string' },
    },
  });
  const { events, parameters, periods, published } = values;
  const asOf = values['as-of'];
  if (published !== undefined) return Object.keys(values).length === 1 ? { published } : null;
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

const unreadable = (field: string, zh: string, error: unknown): Refusal => {
  const en = error instanceof Error ? error.message : String(error);
  return refuseField('invalid-input', field, 'file-unreadable', zh, en);
};

const readParameters = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unreadable('parameters', '参数文件读不出来', error);
  }
};

const requireReadable = (path: string): void => {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw unreadable('events', '导出文件读不出来', error);
  }
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable('published', '发布内容文件读不出来', error);
  }
};

/** 0: every published string follows from what stands beside it; 1: the problems are told. */
const checkPublication = (path: string): number => {
  const { lines, problems } = recomputePublished(readText(path), sha256);
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const count = lines.length - 1;
  if (problems.length === 0) {
    const said = `${count} 个公布值与所附原始数一致`;
    process.stderr.write(`${said} · ${count} published values follow from their primitives\n`);
  }
  return problems.length === 0 ? 0 : 1;
};

const main = async (): Promise<number> => {
  const asked = readArguments();
  if (!asked) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (asked.published !== undefined) return checkPublication(asked.published);
  const method = readMethod(readParameters(asked.parameters));
  requireReadable(asked.events);
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
