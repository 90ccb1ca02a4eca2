import { bookEn } from './words/book-en.ts';
import { bookZh } from './words/book-zh.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

/** Queue and review of a contract, and the facts of a contract everywhere. */
export const registryWords = { zh, en };
export type RegistryWords = Readonly<Record<keyof typeof zh, string>>;

/** The register and what is done with registered contracts. */
export const bookWords = { zh: bookZh, en: bookEn };
export type BookWords = Readonly<Record<keyof typeof bookZh, string>>;
