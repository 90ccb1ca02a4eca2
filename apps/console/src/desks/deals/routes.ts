import type { Route } from '../../shell/routes.ts';

export const dealsRoutes: readonly Route[] = [];
