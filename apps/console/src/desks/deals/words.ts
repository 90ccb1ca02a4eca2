import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export const dealsWords = { zh, en };
export type DealsWords = Readonly<Record<keyof typeof zh, string>>;
