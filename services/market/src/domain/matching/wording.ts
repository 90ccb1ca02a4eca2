import type { FieldCode, IndustryCode, Region } from '@jishi/contracts/codes';
import { DISTRICTS } from '@jishi/contracts/districts';
import { FIELDS } from '@jishi/contracts/fields';
import { INDUSTRIES } from '@jishi/contracts/industries';
import type { DealType } from '@jishi/contracts/market/listing';
import { FEN_PER_WAN, type Fen } from '@jishi/contracts/money';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

const DEAL_TYPE_WORDS: Readonly<Record<DealType, Words>> = {
  transfer: { zh: '转让', en: 'transfer' },
  licence: { zh: '许可', en: 'licence' },
  equity: { zh: '技术入股', en: 'equity' },
  'joint-development': { zh: '合作开发', en: 'joint development' },
  'joint-production': { zh: '合作生产', en: 'joint production' },
  consulting: { zh: '咨询', en: 'consulting' },
  service: { zh: '服务', en: 'service' },
};

const named = (list: readonly ({ code: string } & Words)[], code: string): Words => {
  const entry = list.find((e) => e.code === code);
  return { zh: entry?.zh ?? code, en: entry?.en ?? code };
};

export const fieldWords = (code: FieldCode): Words => named(FIELDS, code);

export const industryWords = (code: IndustryCode): Words => {
  const { zh, en } = named(INDUSTRIES, code);
  return { zh: `${code} ${zh}`, en: `${code} ${en}` };
};

export const regionWords = (region: Region): Words => {
  if (region === 'outside') return { zh: '市外', en: 'outside the city' };
  if (region === 'abroad') return { zh: '境外', en: 'abroad' };
  return named(DISTRICTS, region);
};

export const dealTypeWords = (types: readonly DealType[]): Words => ({
  zh: types.map((type) => DEAL_TYPE_WORDS[type].zh).join('、'),
  en: types.map((type) => DEAL_TYPE_WORDS[type].en).join(', '),
});

const FEN_PER_MILLION = 100n * FEN_PER_WAN;
/** Below this many fen (¥100,000) millions say too little in English. */
const MILLION_FROM = FEN_PER_MILLION / 10n;

/** In units of so many fen with two decimals, cut and not rounded. */
const inUnits = (amount: Fen, unit: Fen): string => {
  const hundredths = (amount * 100n) / unit;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
};

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** `180.00 万元`: two decimals, cut, not rounded: a price is never shown above what it is. */
export const wanYuan = (amount: Fen): Words => ({
  zh: `${inUnits(amount, FEN_PER_WAN)} 万元`,
  en:
    amount >= MILLION_FROM
      ? `¥${inUnits(amount, FEN_PER_MILLION)} million`
      : `¥${grouped(String(amount / 100n))}`,
});

export const trlWords = (trl: number): Words => ({ zh: `TRL ${trl}`, en: `TRL ${trl}` });
