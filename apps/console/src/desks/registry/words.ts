import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export const registryWords = { zh, en };
export type RegistryWords = Readonly<Record<keyof typeof zh, string>>;
