import type { Route } from '../../shell/routes.ts';

export const registryRoutes: readonly Route[] = [];
