import { Contributions } from '@jishi/contracts/ledger/index-family';

/** Contributions in the shape that the ledger gives, parsed by their schema. For tests only. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  component: ['S 6.02', 'A 4.55', 'B 1.87', 'C -0.31', 'P 1.23'],
  district: [
    ...['sip 7.90', 'kunshan 4.11', 'xiangcheng 2.26', 'huqiu 1.75', 'wuzhong 0.64'],
    ...['wujiang 0.08', 'taicang -0.20', 'changshu -0.97', 'gusu -1.83', 'outside -0.22'],
    ...['(listings) -0.16'],
  ],
  field: [
    ...['electronics 5.20', 'manufacturing 4.90', 'biomedicine 2.10', 'materials 1.50'],
    ...['energy -0.44', 'urban 0.30', '(listings) -0.16', '(others) -0.04'],
  ],
  industry: ['I 8.11', 'C 6.35', 'M -0.80', '(listings) -0.16', '(others) -0.14'],
};

const MERGED: Readonly<Record<string, readonly string[]>> = {
  field: ['aerospace', 'nuclear', 'transport', 'environment', 'agriculture'],
  industry: ['A', 'D', 'G'],
};

const NO_TERMS = { S: '0.0000', A: '0.0000', B: '0.0000', C: '0.0000', P: '0.0000' };

const lineOf = (text: string) => {
  const [code = '', points = ''] = text.split(' ');
  return { code, terms: NO_TERMS, total: '0.0000', points };
};

export const sampleContributions = (by: string, series = 'city'): Contributions =>
  Contributions.parse({
    series,
    by,
    from: { period: '2026-09', value: '1107.51' },
    to: { period: '2026-10', value: '1120.87' },
    lines: (PARTS[by] ?? ['(others) 13.36']).map(lineOf).map((line) => ({
      ...line,
      code: by === 'component' || line.code.startsWith('(') ? line.code : `${by}:${line.code}`,
    })),
    sum: lineOf('(sum) 13.36'),
    merged: MERGED[by] ?? [],
  });
