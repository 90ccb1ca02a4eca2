/** What a journey needs before it can be played. */
export type Need = 'corpus' | 'contracts' | 'cases';

export interface Journey {
  readonly name: string;
  /** The k6 file, in this package's folder. */
  readonly file: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** What `--rate` counts. */
  readonly unit: string;
  /** The rate when none is given: as in the k6 file. */
  readonly usualRate: number;
  /** More than this is no city's load, and this machine would only measure k6 itself. */
  readonly rateMax: number;
  readonly needs: readonly Need[];
  /** Contracts that one second uses up, whatever the rate. */
  readonly contractsPerSecond?: number;
}

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'browse',
    file: 'browse.ts',
    title: { zh: '浏览与检索', en: 'browse and search' },
    unit: 'reads/s',
    usualRate: 40,
    rateMax: 2_000,
    needs: ['corpus'],
  },
  {
    name: 'list-and-match',
    file: 'list-and-match.ts',
    title: { zh: '挂出、审核与匹配', en: 'list and match' },
    unit: 'records/s',
    usualRate: 3,
    rateMax: 200,
    needs: ['corpus'],
  },
  {
    name: 'register',
    file: 'register.ts',
    title: { zh: '登记与到账', en: 'register' },
    unit: 'contracts/s',
    usualRate: 3,
    rateMax: 500,
    needs: ['contracts'],
  },
  {
    name: 'watch-live',
    file: 'watch-live.ts',
    title: { zh: '观看实时屏', en: 'watch the live page' },
    unit: 'screens',
    usualRate: 40,
    rateMax: 1_000,
    needs: ['contracts'],
    contractsPerSecond: 1,
  },
  {
    name: 'subsidy-desk',
    file: 'subsidy-desk.ts',
    title: { zh: '奖补核定', en: 'subsidy desk' },
    unit: 'cases/s',
    usualRate: 3,
    rateMax: 300,
    needs: ['cases'],
  },
];

/** How many prepared contracts or cases a run uses up, with a little to spare. */
export const stockFor = (journey: Journey, rate: number, seconds: number): number => {
  const perSecond = journey.contractsPerSecond ?? rate;
  return Math.ceil(perSecond * (seconds + 1)) + 5;
};
