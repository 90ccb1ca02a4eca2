import { parseArgs } from 'node:util';
import { JOURNEYS, type Journey } from './journeys.ts';

export interface Arguments {
  readonly journeys: readonly Journey[];
  readonly rate: number | undefined;
  readonly seconds: number;
  readonly ladder: boolean;
  readonly stock: number;
  readonly corpus: number;
  readonly hold: boolean;
  readonly url: string | undefined;
  readonly help: boolean;
}

const names = JOURNEYS.map(({ name }) => name).join(' | ');
const rates = JOURNEYS.map(
  ({ name, usualRate, unit, rateMax }) => `  ${name.padEnd(16)}${usualRate} ${unit}, ≤ ${rateMax}`,
).join('\n');

export const HELP = `pnpm load [journey …] [--rate N] [--seconds 30] [--ladder]
在用完即弃的技市上压测,打印各阈值的结论;任一不满足则以 1 结束。
Puts load on a throw-away market and prints the verdict of every threshold; ends with 1 if one is
crossed. Without a name all journeys run: ${names}.

--rate N       usual and largest rates:
${rates}
--seconds N    length of a run, 5 to 300 (30)
--ladder       double the rate from run to run until a threshold breaks, then try the middle
--stock N      contracts or cases prepared for a ladder, up to 20000 (600)
--corpus N     listings and needs published beforehand, up to 20000 (150)
--hold         prepare, then wait for Enter: to measure at a quiet moment
--url URL      a running market instead (synthetic logs only); what is written stays there
`;

const BOUNDS = {
  rate: [1, 2_000],
  seconds: [5, 300],
  stock: [1, 20_000],
  corpus: [30, 20_000],
} as const;

const numberOf = (name: keyof typeof BOUNDS, text: string): number => {
  const value = Number(text);
  const [min, max] = BOUNDS[name];
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(
    `--${name} ${text}: 应为 ${min} 至 ${max} 的整数 a whole number, ${min} to ${max}`,
  );
};

const journeyOf = (name: string): Journey => {
  const found = JOURNEYS.find((journey) => journey.name === name);
  if (!found) throw new Error(`没有这个场景 no journey ${name}: ${names}`);
  return found;
};

/** Reads the command line; every refusal names what to change. */
export const readArguments = (given: readonly string[]): Arguments => {
  const { values, positionals } = parseArgs({
    args: given.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      rate: { type: 'string' },
      seconds: { type: 'string', default: '30' },
      ladder: { type: 'boolean', default: false },
      stock: { type: 'string', default: '600' },
      corpus: { type: 'string', default: '150' },
      hold: { type: 'boolean', default: false },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const journeys = positionals.length === 0 ? JOURNEYS : positionals.map(journeyOf);
  const rate = values.rate === undefined ? undefined : numberOf('rate', values.rate);
  for (const { name, rateMax, unit } of journeys) {
    if (rate === undefined || rate <= rateMax) continue;
    throw new Error(`--rate ${rate}: ${name} 至多 at most ${rateMax} ${unit}`);
  }
  return {
    journeys,
    rate,
    seconds: numberOf('seconds', values.seconds),
    ladder: values.ladder,
    stock: numberOf('stock', values.stock),
    corpus: numberOf('corpus', values.corpus),
    hold: values.hold,
    url: values.url,
    help: values.help,
  };
};
