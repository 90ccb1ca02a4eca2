import { en } from '../words/audit-en.ts';
import { zh } from '../words/audit-zh.ts';

export const auditWords = { zh, en };
