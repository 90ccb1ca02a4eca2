import type { ContractType } from '@jishi/contracts/codes';
import type { PartyNature } from '@jishi/contracts/party';
import { type LocalDate, yearOf } from '@jishi/contracts/time';
import {
  LARGEST_YUAN,
  LOG_SPREAD,
  MEAN_YUAN,
  SELLER_SIZE,
  TECHNOLOGY_SHARE,
  TYPE_SIZE,
} from './calibration.ts';
import type { Random } from './random.ts';

const FEN_PER_YUAN = 100n;

/** Prices are agreed in round numbers: the larger, the rounder. */
const rounded = (yuan: number): bigint => {
  const step = yuan >= 1_000_000 ? 1_000 : 100;
  return BigInt(Math.max(Math.round(yuan / step), 30) * step);
};

export interface Amounts {
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
}

/**
 * 成交额 from a lognormal whose mean is that of the year, the type and the seller; 技术交易额 as a
 * part of it. The year is that of registration.
 */
export const drawAmounts = (
  random: Random,
  type: ContractType,
  nature: PartyNature,
  registeredOn: LocalDate,
): Amounts => {
  const grown = MEAN_YUAN.yuan * MEAN_YUAN.growth ** (yearOf(registeredOn) - MEAN_YUAN.year);
  const mean = grown * TYPE_SIZE[type] * (SELLER_SIZE[nature] ?? 1);
  const median = mean * Math.exp(-(LOG_SPREAD ** 2) / 2);
  const yuan = Math.min(median * Math.exp(LOG_SPREAD * random.normal()), LARGEST_YUAN);
  const contractValueFen = rounded(yuan) * FEN_PER_YUAN;
  // Even between all of it and as much below the mean share; whole percents of the price.
  const percent = BigInt(Math.round(100 - (1 - TECHNOLOGY_SHARE[type]) * 200 * random.next()));
  return { contractValueFen, technologyValueFen: (contractValueFen * percent) / 100n };
};
