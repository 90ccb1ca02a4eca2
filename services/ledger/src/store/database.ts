import type { LogTables } from './log/tables.ts';

/** Every table that this half of the service reads or writes. */
export interface LedgerTables extends LogTables {}
