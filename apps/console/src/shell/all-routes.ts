import { dealsRoutes } from '../desks/deals/routes.ts';
import { exchangeRoutes } from '../desks/exchange/routes.ts';
import { registryRoutes } from '../desks/registry/routes.ts';
import { sheetsRoutes } from '../desks/sheets/routes.ts';
import { subsidyRoutes } from '../desks/subsidy/routes.ts';
import { tradeRoutes } from '../desks/trade/routes.ts';
import { OWN_ROUTES } from './own-routes.ts';
import type { Route } from './routes.ts';

/** Every page behind the frame; the live screen is in main.tsx. */
export const ALL_ROUTES: readonly Route[] = [
  ...OWN_ROUTES,
  ...tradeRoutes,
  ...dealsRoutes,
  ...sheetsRoutes,
  ...registryRoutes,
  ...subsidyRoutes,
  ...exchangeRoutes,
];
