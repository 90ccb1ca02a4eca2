import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export const sheetWords = { zh, en };
export type SheetWords = Readonly<Record<keyof typeof zh, string>>;
