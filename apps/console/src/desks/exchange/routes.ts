import type { Route } from '../../shell/routes.ts';

export const exchangeRoutes: readonly Route[] = [];
