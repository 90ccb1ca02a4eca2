import { en } from '../words/public-en.ts';
import { zh } from '../words/public-zh.ts';

export const publicWords = { zh, en };
