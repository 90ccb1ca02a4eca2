import { en } from '../words/desk-en.ts';
import { zh } from '../words/desk-zh.ts';

export const deskWords = { zh, en };
