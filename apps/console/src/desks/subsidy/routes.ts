import type { Route } from '../../shell/routes.ts';

export const subsidyRoutes: readonly Route[] = [];
