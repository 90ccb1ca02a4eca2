import type { ServerResponse } from 'node:http';
import {
  INDEX_STREAM_EVENT,
  sampleCalendar,
  sampleContracts,
  sampleContributionsAnswer,
  sampleIndexValues,
  sampleMethod,
  sampleSeries,
} from '@jishi/console/testing/sample-index';
import { samplePublication } from '@jishi/console/testing/sample-publication';
import type { ValuesFrame } from '@jishi/contracts/ledger/index-family';

/** The index endpoints of the ledger, answered from the sample. */
export interface IndexAnswers {
  /** False when the path is none of the index. */
  readonly serve: (address: URL, response: ServerResponse, isOfficer: boolean) => boolean;
  readonly push: (frame: ValuesFrame) => void;
  readonly close: () => void;
}

const ROOT = '/api/ledger/index/';

const answerOf = (name: string, query: URLSearchParams, isOfficer: boolean): unknown => {
  const cell = query.get('cell') ?? 'city';
  const window = Number(query.get('window') ?? (cell === 'city' ? 1 : 3));
  const month = query.get('to') ?? '2026-10';
  if (name === 'values') return sampleIndexValues(month, isOfficer);
  if (name === 'series') return sampleSeries(cell, window, query.get('vintage') ?? 'latest');
  if (name === 'contributions') return sampleContributionsAnswer(query.get('by') ?? 'component');
  if (name === 'method') return sampleMethod();
  if (name === 'calendar') return sampleCalendar(Number(query.get('year') ?? 2026));
  if (name === 'contracts' && isOfficer) return sampleContracts();
  if (name === 'publications') return { items: [] };
  if (name.startsWith('publications/')) return samplePublication(name.slice(-7));
  return null;
};

const textOf = (frame: ValuesFrame): string =>
  `event: ${INDEX_STREAM_EVENT}\ndata: ${JSON.stringify(frame)}\n\n`;

/** Whoever opens the stream is sent every series first. */
const firstFrame = (): ValuesFrame => ({
  seq: 184_327,
  recordedAt: null,
  values: sampleIndexValues('2026-11', true).values.map((line) => ({ ...line, provisional: true })),
  events: [],
});

export const openIndexAnswers = (): IndexAnswers => {
  const streams = new Set<ServerResponse>();
  return {
    serve: ({ pathname, searchParams }, response, isOfficer) => {
      if (!pathname.startsWith(ROOT)) return false;
      const name = pathname.slice(ROOT.length);
      if (name === 'stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(textOf(firstFrame()));
        streams.add(response);
        response.on('close', () => streams.delete(response));
        return true;
      }
      const value = answerOf(name, searchParams, isOfficer);
      const type = value === null ? 'application/problem+json' : 'application/json';
      response.writeHead(value === null ? 404 : 200, { 'content-type': type });
      response.end(JSON.stringify(value ?? { type: 'not-found', status: 404, requestId: 'r' }));
      return true;
    },
    push: (frame) => {
      for (const stream of streams) stream.write(textOf(frame));
    },
    close: () => {
      for (const stream of streams) stream.destroy();
    },
  };
};
