import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export const tradeWords = { zh, en };
export type TradeWords = Readonly<Record<keyof typeof zh, string>>;
