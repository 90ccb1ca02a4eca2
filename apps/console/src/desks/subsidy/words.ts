import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export const subsidyWords = { zh, en };
export type SubsidyWords = Readonly<Record<keyof typeof zh, string>>;
