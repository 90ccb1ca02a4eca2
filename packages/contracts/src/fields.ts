import type { CodeEntry, FieldCode } from './codes.ts';

export interface Field extends CodeEntry<FieldCode> {
  /** Two to four characters, for a chip or a chart's axis. */
  readonly shortZh: string;
}

/**
 * 技术领域: the eleven classes of the technology-contract registration form. Ten are named in the
 * national analysis of 2013, 航空航天 in the bulletin of the first half of 2020. The order is the
 * usual one; official numeric codes were not found, so the codes are ours and can be mapped.
 */
export const FIELDS: readonly Field[] = [
  { code: 'electronics', zh: '电子信息', shortZh: '电子信息', en: 'Electronics and information' },
  { code: 'aerospace', zh: '航空航天', shortZh: '航空航天', en: 'Aerospace' },
  { code: 'manufacturing', zh: '先进制造', shortZh: '先进制造', en: 'Advanced manufacturing' },
  {
    code: 'biomedicine',
    zh: '生物、医药和医疗器械',
    shortZh: '生物医药',
    en: 'Biology, medicine and medical devices',
  },
  {
    code: 'materials',
    zh: '新材料及其应用',
    shortZh: '新材料',
    en: 'New materials and their application',
  },
  {
    code: 'energy',
    zh: '新能源与高效节能',
    shortZh: '新能源',
    en: 'New energy and energy efficiency',
  },
  {
    code: 'environment',
    zh: '环境保护与资源综合利用',
    shortZh: '环保资源',
    en: 'Environment and use of resources',
  },
  { code: 'nuclear', zh: '核应用', shortZh: '核应用', en: 'Nuclear applications' },
  { code: 'agriculture', zh: '农业', shortZh: '农业', en: 'Agriculture' },
  { code: 'transport', zh: '现代交通', shortZh: '现代交通', en: 'Modern transport' },
  {
    code: 'urban',
    zh: '城市建设与社会发展',
    shortZh: '城市社会',
    en: 'Urban construction and social development',
  },
];
