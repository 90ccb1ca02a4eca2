import { en } from '../words/admin-en.ts';
import { zh } from '../words/admin-zh.ts';

export const adminWords = { zh, en };
