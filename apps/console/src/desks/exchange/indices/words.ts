import { en } from '../words/indices-en.ts';
import { zh } from '../words/indices-zh.ts';

export const indicesWords = { zh, en };
