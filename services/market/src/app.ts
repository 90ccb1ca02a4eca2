import { serveDocuments } from '@jishi/runtime/docs-page';
import { createService, type Service } from '@jishi/runtime/service';
import type { MarketDeps } from './deps.ts';
import { accountContext } from './http/accounts/context.ts';
import { serveHealth } from './http/accounts/health.ts';
import { serveAccounts } from './http/accounts/routes.ts';
import { sessionReader } from './http/accounts/session.ts';
import { serveImports } from './http/import/routes.ts';
import { serveMatching } from './http/match-routes.ts';
import { serveTrade } from './http/trade-routes.ts';

/** The market service: accounts, then trade, then matching. */
export const createMarketApp = (deps: MarketDeps): Service => {
  const accounts = accountContext(deps);
  const service = createService({
    name: 'market',
    trustedKeys: deps.trustedKeys,
    log: deps.log,
    sessionOf: sessionReader(accounts),
  });
  serveAccounts(service, accounts, deps.health);
  serveImports(service, deps);
  serveTrade(service, deps);
  serveMatching(service, deps);
  serveHealth(service, deps);
  serveDocuments(service, 'market', '技市 Jishi · market');
  return service;
};
