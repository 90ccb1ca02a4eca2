import type { Service } from '@jishi/runtime/service';
import { serveReleaseCalendar } from './index-calendar.ts';
import { serveCellContracts } from './index-contracts.ts';
import { serveContributions } from './index-contributions.ts';
import type { IndexDeps } from './index-deps.ts';
import { serveIndexDownload } from './index-download.ts';
import { serveIndexMethod } from './index-method.ts';
import { serveIndexSeries } from './index-series.ts';
import { serveIndexValues } from './index-values.ts';
import { serveValuesStream } from './values-stream.ts';

/** Everything under /index but the publications. */
export const serveFamily = (
  service: Service,
  deps: IndexDeps & { readonly closing: AbortSignal },
): void => {
  serveIndexValues(service, deps);
  serveIndexSeries(service, deps);
  serveContributions(service, deps);
  serveCellContracts(service, deps);
  serveIndexMethod(service, deps);
  serveReleaseCalendar(service, deps);
  serveIndexDownload(service, deps);
  serveValuesStream(service, deps);
};
