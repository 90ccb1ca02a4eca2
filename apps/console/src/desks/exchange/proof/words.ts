import { en } from '../words/proof-en.ts';
import { zh } from '../words/proof-zh.ts';

export const proofWords = { zh, en };
