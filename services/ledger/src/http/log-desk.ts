import { EVENT_DATA } from '@jishi/contracts/ledger/events';
import * as api from '@jishi/contracts/ledger/log-desk';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { reviewClock } from '../domain/registration/clock.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import { clockFactsOf } from '../domain/registration/view.ts';
import { readHead } from '../store/head.ts';
import {
  countByStatus,
  insertLogExport,
  type LogDeskDb,
  listLogExportRows,
  readInReview,
  readLeafRows,
  readProven,
  readQualityFigures,
  searchProven,
} from '../store/log-desk.ts';
import { personOf } from './caller.ts';
import { KEPT_FOR_A_MINUTE, keptAnswer } from './kept-answer.ts';

export interface LogDeskDeps {
  readonly db: LogDeskDb;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly rules: RegistrationRules;
}

const EXPORT_BATCH = 500;

/** The lines of an export, read as they are sent: the whole log is never in memory. */
const exportLines = (db: LogDeskDb, after: number, upTo: number): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let cursor = after;
  return new ReadableStream({
    pull: async (sink) => {
      const items = await readProven(db, cursor, upTo, EXPORT_BATCH);
      const last = items.at(-1);
      if (!last) return sink.close();
      cursor = last.seq;
      sink.enqueue(encoder.encode(items.map((item) => `${JSON.stringify(item)}\n`).join('')));
    },
  });
};

const serveExport = (service: Service, { db, clock, newId }: LogDeskDeps): void => {
  service.serveRaw(api.exportLog, async ({ query, principal }) => {
    const person = personOf(principal);
    if (!person) throw new Refusal('role-missing');
    const head = await readHead(db);
    const upTo = Math.min(query.upTo ?? head.seq, head.seq);
    await insertLogExport(db, {
      ...{ export_id: newId(), at: clock(), by_user: person.userId },
      ...{ by_org: person.organisationId, after_seq: BigInt(query.after), up_to_seq: BigInt(upTo) },
    });
    const name = `jishi-log-${head.kind ?? 'empty'}-${query.after + 1}-${upTo}.ndjson`;
    return new Response(exportLines(db, query.after, upTo), {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  service.serve(api.listLogExports, async () => ({
    items: (await listLogExportRows(db)).map((row) => ({
      exportId: row.export_id,
      at: row.at,
      by: row.by_user,
      organisationId: row.by_org,
      after: Number(row.after_seq),
      upTo: Number(row.up_to_seq),
    })),
  }));
};

/** Reviews whose legal clock has run out, by the regime of each contract. */
const countOverdue = async ({ db, rules, clock }: LogDeskDeps): Promise<number> => {
  const today = businessDay(clock());
  const documents = await readInReview(db);
  return documents.filter((document) => {
    const due = reviewClock(rules, clockFactsOf(document), today)?.dueOn;
    return due !== undefined && due < today;
  }).length;
};

const serveQuality = (service: Service, deps: LogDeskDeps): void => {
  const { db } = deps;
  service.serve(api.readQuality, async () => {
    const figures = await readQualityFigures(db);
    const { registered, median, ninetieth, longest, overThirty } = figures;
    return {
      byStatus: await countByStatus(db),
      registered,
      signedToRegistered: { median, ninetieth, longest, overThirty },
      missing: [
        { what: 'listing' as const, count: figures.noListing },
        { what: 'broker' as const, count: figures.noBroker },
        { what: 'published-value' as const, count: figures.noPublishedValue },
        { what: 'form' as const, count: figures.noForm },
        { what: 'attachments' as const, count: figures.noAttachments },
      ],
      inReview: {
        count: figures.inReview,
        oldestAcceptedOn: figures.oldestAcceptedOn,
        overdue: await countOverdue(deps),
      },
      returned: figures.returned,
    };
  });
};

/** Leaves for anybody; search, export and quality for auditor and exchange operator. */
export const serveLogDesk = (service: Service, deps: LogDeskDeps): void => {
  const { db } = deps;
  service.serveRaw(api.readLeaves, async (asked) => {
    const head = await readHead(db);
    const items = await readLeafRows(db, asked.query.after, asked.query.limit);
    return keptAnswer(api.readLeaves, asked, { items, head }, KEPT_FOR_A_MINUTE);
  });

  service.serve(api.searchLog, async ({ query }) => {
    const found = await searchProven(db, query);
    const items = found.map(({ salt: _, ...item }) => item);
    const next = items.length === query.limit ? (items.at(-1)?.seq ?? null) : null;
    return { items, next, types: Object.keys(EVENT_DATA) };
  });

  serveExport(service, deps);
  serveQuality(service, deps);
};
