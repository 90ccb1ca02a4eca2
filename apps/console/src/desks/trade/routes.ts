import type { Route } from '../../shell/routes.ts';

export const tradeRoutes: readonly Route[] = [];
