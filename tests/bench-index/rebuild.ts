import { createHash } from 'node:crypto';
import type { FamilyFact } from '@jishi/ledger/domain/index/family/facts';
import { applyToFamily } from '@jishi/ledger/domain/index/family/family';
import { emptyFamily, type Family } from '@jishi/ledger/domain/index/family/family-state';
import { familyFactOfText } from '@jishi/ledger/domain/index/family/row-text';
import { currentFamilyMethod } from '@jishi/ledger/store/index/family-method';
import { FAMILY_PAGE, familyPages } from '@jishi/ledger/store/index/family-rows';
import { readLog } from '@jishi/ledger/store/log/follow';
import type { LogTables } from '@jishi/ledger/store/log/tables';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { foldExport } from '../recompute/export-file.ts';
import { readExportLine } from '../recompute/export-line.ts';
import { linesOf } from '../recompute/file-lines.ts';
import { printValues } from '../recompute/values.ts';
import type { Contestant, Ground } from './contestant.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const printed = (family: Family): string => sha256(printValues(family, null, sha256));

/** Events from memory into the state, nothing else: what the follower does once it has read. */
export const openFold = ({ file }: Ground): Contestant => {
  const facts: FamilyFact[] = [];
  for (const line of linesOf(file)) facts.push(familyFactOfText(readExportLine(line)));
  return {
    run: async () => {
      const family = emptyFamily(currentFamilyMethod());
      for (const fact of facts) applyToFamily(family, fact);
      return `${family.market.contracts.size}`;
    },
  };
};

/** From the export to every published string of every period: the tool's own way. */
export const openRebuildFile = ({ file }: Ground): Contestant => ({
  run: async () => printed(await foldExport(currentFamilyMethod(), file, null)),
});

/** The same from the log in PostgreSQL, page by page, as the follower reads it. */
export const openRebuildLog = ({ url }: Ground): Contestant => {
  const pool = openPool({ url, poolSize: 1 });
  const db = openDatabase<LogTables>(pool);
  return {
    run: async () => {
      const family = emptyFamily(currentFamilyMethod());
      for await (const rows of familyPages(db, 0, FAMILY_PAGE)) {
        for (const row of rows) applyToFamily(family, familyFactOfText(row));
      }
      return printed(family);
    },
  };
};

const PAGE = 1_000;

/** The ledger's own reading of its log: what a rebuild cannot be faster than. */
export const openReplay = ({ url }: Ground): Contestant => {
  const pool = openPool({ url, poolSize: 1 });
  const db = openDatabase<LogTables>(pool);
  return {
    run: async () => {
      for (let after = 0; ; ) {
        const items = await readLog(db, after, PAGE);
        const last = items.at(-1);
        if (!last) return `${after}`;
        after = last.seq;
      }
    },
  };
};
