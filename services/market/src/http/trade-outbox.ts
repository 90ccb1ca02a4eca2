import * as api from '@jishi/contracts/market/trade';
import { Refusal } from '@jishi/contracts/problem';
import type { Clock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { HealthPart } from '../deps.ts';
import { listUndelivered, outboxFigures, unparkOutboxRow } from '../store/trade/outbox.ts';
import type { TradeDb } from '../store/trade/tables.ts';
import type { TradeContext } from './trade-context.ts';

export const serveOutbox = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(api.listOutbox, async () => ({ items: await listUndelivered(db) }));
  serve(api.retryOutboxRow, async ({ params: { id } }) => {
    if (!(await unparkOutboxRow(db, id, clock()))) throw new Refusal('not-found');
    return { id };
  });
};

/** Waiting longer than this is worth a word: usually it is less than a second. */
const LATE_AFTER_SECONDS = 30;

/** How old the outbox is, and what is parked by which refusal. */
export const outboxHealth =
  (db: TradeDb, clock: Clock): HealthPart =>
  async () => {
    const { waiting, parked, oldestAt, parkedReasons } = await outboxFigures(db);
    const oldestSeconds =
      oldestAt === null ? 0 : Math.max(0, (Date.parse(clock()) - Date.parse(oldestAt)) / 1_000);
    const reasons = parkedReasons.join(', ');
    return {
      figures: {
        outboxWaiting: waiting,
        outboxParked: parked,
        outboxOldestSeconds: Math.round(oldestSeconds),
      },
      notes: [
        ...(waiting > 0 && oldestSeconds > LATE_AFTER_SECONDS
          ? [
              {
                zh: `${waiting} 条记录尚未送达账本`,
                en: `${waiting} rows have not reached the ledger yet`,
              },
            ]
          : []),
        ...(parked > 0
          ? [
              {
                zh: `账本拒收 ${parked} 条记录,待处理:${reasons}`,
                en: `The ledger refused ${parked} rows, which wait for somebody: ${reasons}`,
              },
            ]
          : []),
      ],
    };
  };
