import { readContributions } from '@jishi/contracts/ledger/index-endpoints';
import type { PartingBy } from '@jishi/contracts/ledger/index-family';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import type { Asked, Service } from '@jishi/runtime/service';
import { addToMonth, yearOfMonth } from '../domain/index/family/calendar.ts';
import {
  type TellBy,
  type ToldChange,
  tellChange,
} from '../domain/index/family/contribution-points.ts';
import type { Series } from '../domain/index/family/series.ts';
import type { ValueLine } from '../domain/index/family/value-lines.ts';
import { askedSeries, readFamily } from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';
import { KEPT_FOR_A_MINUTE, keptAnswer } from './kept-answer.ts';

type Query = Asked<typeof readContributions>['query'];

const TOLD_BY: Readonly<Record<PartingBy, TellBy>> = {
  component: 'component',
  district: 'district',
  industry: 'industry',
  field: 'field',
  'contract-type': 'type',
  contract: 'contract',
};

/** The core calls a contract's type `type`; the answer says it as its question does. */
const codeOf = (code: string): string => code.replace(/^type:/, 'contract-type:');

const linesOf = ({ from, to, lines, sum }: ToldChange) => ({
  ...{ from, to, sum, merged: [] },
  lines: lines.map((line) => ({ ...line, code: codeOf(line.code) })),
});

/** There is nothing to part where one of the two months has no value. */
const requireValue = (line: ValueLine, field: 'from' | 'to'): void => {
  if (line.value !== null) return;
  const { period, reason } = line;
  const [zh, en] = [`${period} 没有指数值(${reason})`, `No index value for ${period}: ${reason}`];
  throw refuseField('not-found', `query.${field}`, 'no-value', zh, en);
};

const requireOneLink = ({ method }: IndexDeps['family'], { from, to }: Query): void => {
  const first = method.editions[0]?.linkYear ?? 0;
  const linkYears = [from, to].map((month) => Math.max(first, yearOfMonth(month)));
  if ((linkYears[1] ?? 0) - (linkYears[0] ?? 0) <= 1) return;
  const [zh, en] = ['不跨越一个以上的链接年', 'Contributions cross at most one link'];
  throw refuseField('invalid-input', 'query.from', 'over-two-links', zh, en);
};

const exactChange = (deps: IndexDeps, series: Series, query: Query) =>
  readFamily(deps.family, query, (at) => {
    requireValue(deps.values.line(at, series, query.from), 'from');
    requireValue(deps.values.line(at, series, query.to), 'to');
    return {
      ...{ series: series.key, by: query.by, exact: true },
      ...linesOf(tellChange(at, series, [query.from, query.to], TOLD_BY[query.by])),
      head: { seq: at.market.seq, recordedAt: at.market.recordedAt },
    };
  });

const refuseOrder = ({ from, to }: Query): void => {
  if (from <= to) return;
  const [zh, en] = ['起始月晚于终止月', 'The first month is after the last'];
  throw refuseField('invalid-input', 'query.from', 'from-after-to', zh, en);
};

const notPublished = (): Refusal => {
  const [zh, en] = [
    '公众只读取全市已发布月份与其上月之间的贡献',
    'The public reads what was published: the city, a month against the month before',
  ];
  return refuseField('not-found', 'query.to', 'not-published', zh, en);
};

/** What was published of the city: a month against the one before, latest as of the head asked. */
const publishedChange = async ({ published }: IndexDeps, series: Series, query: Query) => {
  if (query.by === 'contract' || query.by === 'contract-type') throw new Refusal('role-missing');
  const isNext = series.key === 'city' && addToMonth(query.from, 1) === query.to;
  const change = isNext ? await published.contributionsOf(query.to, query.asOf) : null;
  const table = change?.tables.find(({ by }) => by === query.by);
  if (!change || !table) throw notPublished();
  return { ...table, exact: false, head: change.head };
};

/** GET /index/contributions. */
export const serveContributions = (service: Service, deps: IndexDeps): void => {
  service.serveRaw(readContributions, async (asked) => {
    const { query, principal } = asked;
    const series = askedSeries(deps.family.method, query.cell, query.window);
    refuseOrder(query);
    requireOneLink(deps.family, query);
    if (viewOf(principal) === 'exact') {
      return keptAnswer(readContributions, asked, await exactChange(deps, series, query), null);
    }
    await deps.refuseBeyondHead(query.asOf);
    const answer = await publishedChange(deps, series, query);
    return keptAnswer(readContributions, asked, answer, KEPT_FOR_A_MINUTE);
  });
};
