import { systemClock } from '@jishi/contracts/time';
import { openDatabase, openPool } from '@jishi/runtime/database';
import type { TradeTables } from '../store/trade/tables.ts';
import { importOpen } from './import-rows.ts';

/** For tests: does the imports of a database in a process of its own, which can be killed. */
const pool = openPool({ url: process.env.DATABASE_URL ?? '', poolSize: 1 });
await importOpen(openDatabase<TradeTables>(pool), systemClock);
await pool.end();
