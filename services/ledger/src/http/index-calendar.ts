import { readReleaseCalendar } from '@jishi/contracts/ledger/index-endpoints';
import { businessDay, yearOf } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import rulesFile from '../../parameters/release-calendar.json' with { type: 'json' };
import { ReleaseRules, releaseCalendar } from '../domain/index/release-calendar.ts';
import type { IndexDeps } from './index-deps.ts';
import { KEPT_FOR_A_MINUTE, keptAnswer } from './kept-answer.ts';

const rules = ReleaseRules.parse(rulesFile);

/** GET /index/calendar; without a year the one of the log's last event. */
export const serveReleaseCalendar = (
  service: Service,
  { family, published, clock }: IndexDeps,
): void => {
  service.serveRaw(readReleaseCalendar, async (asked) => {
    const year = asked.query.year ?? yearOf(businessDay(family.recordedAt() ?? clock()));
    const firstDays = Number(family.method.file.calendar.firstReleaseWorkingDays);
    const items = releaseCalendar(year, rules, firstDays, await published.vintages());
    return keptAnswer(readReleaseCalendar, asked, { year, items }, KEPT_FOR_A_MINUTE);
  });
};
