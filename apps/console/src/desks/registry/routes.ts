import type { Route } from '../../shell/routes.ts';

const DESK = ['registrar', 'senior-registrar'] as const;

export const registryRoutes: readonly Route[] = [
  {
    path: '/registry/queue',
    title: { zh: '审核队列', en: 'Review queue' },
    access: DESK,
    load: async () => (await import('./queue/queue-page.tsx')).QueuePage,
  },
  {
    path: '/registry/second-review',
    title: { zh: '二次审核', en: 'Second review' },
    access: ['senior-registrar'],
    load: async () => (await import('./queue/queue-page.tsx')).SecondReviewPage,
  },
  {
    path: '/registry/cases/:contractId',
    title: { zh: '登记审核', en: 'Registration review' },
    access: DESK,
    load: async () => (await import('./review/case-page.tsx')).CasePage,
  },
];
