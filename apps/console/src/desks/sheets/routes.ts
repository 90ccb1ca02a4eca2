import type { Route } from '../../shell/routes.ts';

export const sheetsRoutes: readonly Route[] = [];
