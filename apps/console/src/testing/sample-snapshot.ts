import { LiveSnapshot } from '@jishi/contracts/ledger/live';

/**
 * A snapshot of a made-up market in the shape that the ledger gives, parsed by its schema. For
 * tests only: the page is looked at and tested with it.
 */
const MONTHS = [
  '2024-11 948.30',
  '2024-12 1003.10',
  '2025-01 946.42',
  '2025-02 921.07',
  '2025-03 978.66',
  '2025-04 987.20',
  '2025-05 1001.94',
  '2025-06 1023.81',
  '2025-07 1008.40',
  '2025-08 1004.72',
  '2025-09 1020.13',
  '2025-10 1032.04',
  '2025-11 1041.26',
  '2025-12 1046.93',
  '2026-01 1004.38',
  '2026-02 982.51',
  '2026-03 1038.19',
  '2026-04 1053.60',
  '2026-05 1064.77',
  '2026-06 1081.92',
  '2026-07 1074.35',
  '2026-08 1079.08',
  '2026-09 1107.51',
  '2026-10 1120.87',
];

const DISTRICTS = [
  'zhangjiagang 1084.21 214',
  'changshu 1056.64 -62',
  'taicang 1122.02 180',
  'xiangcheng 1140.75 344',
  'kunshan 1131.96 110',
  'huqiu 1158.43 273',
  'gusu null null',
  'sip 1186.37 195',
  'wuzhong 1117.50 93',
  'wujiang 1098.11 4',
];

const FIELDS = [
  'manufacturing 2660180000000',
  'electronics 2510790000000',
  'biomedicine 1739260000000',
  'materials 1213640000000',
  'energy 845510000000',
  'urban 412020000000',
  'transport 328470000000',
  'environment 261990000000',
  'agriculture 127340000000',
  'aerospace null',
  'nuclear null',
];

const INDUSTRIES = ['C 1126.40 83', 'I 1151.92 201', 'M 1098.73 -35', 'D null', 'A null'];

const FEED = [
  '184327 06:31:44 materials development sip kunshan 328000000',
  '184322 06:28:10 biomedicine transfer gusu wuzhong 1150000000',
  '184318 06:19:05 manufacturing service changshu outside null',
  '184311 06:07:51 electronics licence outside xiangcheng 86500000',
  '184306 05:58:02 energy consulting wujiang abroad null',
  '184301 05:41:37 transport service kunshan sip 42000000',
];

const parts = (line: string): [string, string, string, string, string, string, string] => {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = ''] = line.split(' ');
  return [a, b, c, d, e, f, g];
};

const point = (month: string, value: string) =>
  value === 'null'
    ? { month, state: 'hidden', value: null, reason: 'few-contracts', provisional: false }
    : { month, state: 'defined', value, reason: null, provisional: false };

const stateOf = (key: string, value: string): string | null =>
  key === 'city' || value === 'null' ? null : `${(Number(value) / 11).toFixed(2)}`;

const cell = (key: string, value: string, change: string) => ({
  cell: key,
  base: 'geometric',
  point: point('2026-10', value),
  monthOnMonthBp: value === 'null' ? null : Number(change),
  yearOnYearBp: value === 'null' ? null : Number(change) * 3,
  stateIndex: stateOf(key, value),
  grade: value === 'null' ? 'S' : key === 'city' ? 'A' : 'B',
  flags: key === 'city' || value === 'null' ? [] : ['low-sample'],
});

const gauge = (asOf: unknown) => ({
  year: 2026,
  asOf,
  asOfDay: '2026-11-20',
  target: {
    amountFen: '12000000000000',
    setForYear: 2025,
    carried: true,
    rule: 'exceed',
    source: '苏州市 2025 年技术合同成交额目标',
  },
  contractValueFen: '10213712500000',
  technologyValueFen: '9802145500000',
  contractCount: 17_402,
  allTimeContractValueFen: '21440987600000',
  workingDaysTotal: 250,
  workingDaysGone: 221,
  workingDaysLeft: 29,
  calendarProvisional: false,
  requiredPerWorkingDayFen: '61599600000',
  meanOfLast20WorkingDaysFen: '54200510000',
  projectedFen: '11785527200000',
  reachedOn: null,
});

export const sampleSnapshot = (recordedOn = '2026-11-20'): LiveSnapshot => {
  const head = { seq: 184_327, recordedAt: `${recordedOn}T06:31:44.000Z`, kind: 'synthetic' };
  const asOf = { ...head, seq: 184_322 };
  return LiveSnapshot.parse({
    exact: false,
    city: '苏州',
    head,
    asOf,
    method: { name: 'TTI', version: '1.0.0', parameterHash: 'a'.repeat(64) },
    overall: {
      ...cell('city', '1120.87', '120'),
      yearOnYearBp: 861,
      series: MONTHS.map((line) => point(parts(line)[0], parts(line)[1])),
      rolling: { ...cell('city', '1064.32', '58'), yearOnYearBp: 640 },
    },
    running: { ...point('2026-11', '1131.25'), provisional: true },
    gauge: gauge(asOf),
    districts: DISTRICTS.map(parts).map(([code, value, bp]) => cell(`district:${code}`, value, bp)),
    industries: INDUSTRIES.map(parts).map(([code, value, bp]) =>
      cell(`industry:${code}`, value, bp),
    ),
    fields: FIELDS.map(parts).map(([code, fen]) => ({
      ...cell(`field:${code}`, fen === 'null' ? 'null' : '1100.00', '50'),
      contractValueFen: fen === 'null' ? null : fen,
    })),
    feed: FEED.map(parts).map(([seq, time, fieldCode, contractType, from, to, value]) => ({
      seq: Number(seq),
      recordedAt: `${recordedOn}T${time}.000Z`,
      registeredOn: recordedOn,
      fieldCode,
      contractType,
      sellerDistrict: from,
      buyerDistrict: to,
      publishedValueFen: value === 'null' ? null : value,
    })),
    registeredToday: 87,
  });
};

/** Before twelve base months and before the first contract: everything is said in words. */
export const youngSnapshot = (): LiveSnapshot => {
  const full = sampleSnapshot();
  const undefinedPoint = (month: string) => ({
    month,
    state: 'not-defined' as const,
    value: null,
    reason: 'base-incomplete' as const,
    provisional: false,
  });
  const nothing = {
    point: undefinedPoint('2026-10'),
    monthOnMonthBp: null,
    yearOnYearBp: null,
    stateIndex: null,
    grade: null,
    flags: [],
  };
  return LiveSnapshot.parse({
    ...full,
    overall: { ...full.overall, ...nothing, series: [undefinedPoint('2026-10')], rolling: null },
    running: null,
    districts: full.districts.map((now) => ({ ...now, ...nothing })),
    industries: full.industries.map((now) => ({ ...now, ...nothing })),
    fields: full.fields.map((now) => ({ ...now, ...nothing, contractValueFen: '0' })),
    gauge: { ...full.gauge, contractValueFen: '0', contractCount: 0 },
    feed: [],
    registeredToday: 0,
  });
};
