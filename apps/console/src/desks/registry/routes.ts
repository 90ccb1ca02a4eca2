import type { Route } from '../../shell/routes.ts';

const DESK = ['registrar', 'senior-registrar'] as const;
/** Reading alone: the pages hide their acts from the auditor, and the ledger refuses them. */
const RECORDS = [...DESK, 'auditor'] as const;

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
  {
    path: '/registry/registered',
    title: { zh: '已登记', en: 'Registered contracts' },
    access: RECORDS,
    load: async () => (await import('./registered/registered-page.tsx')).RegisteredPage,
  },
  {
    path: '/registry/registered/:contractId',
    title: { zh: '登记记录', en: 'Registered contract' },
    access: RECORDS,
    load: async () => (await import('./registered/record-page.tsx')).RecordPage,
  },
  {
    path: '/registry/registered/:contractId/amend',
    title: { zh: '提出变更', en: 'Propose an amendment' },
    access: DESK,
    load: async () => (await import('./registered/amend-page.tsx')).AmendPage,
  },
  {
    path: '/registry/changes',
    title: { zh: '变更与注销', en: 'Changes' },
    access: DESK,
    load: async () => (await import('./changes/changes-page.tsx')).ChangesPage,
  },
  {
    path: '/registry/changes/:contractId',
    title: { zh: '提议', en: 'Proposal' },
    access: DESK,
    load: async () => (await import('./changes/change-page.tsx')).ChangePage,
  },
  {
    path: '/registry/lists',
    title: { zh: '登记清单', en: 'Lists' },
    access: RECORDS,
    load: async () => (await import('./lists/lists-page.tsx')).ListsPage,
  },
  {
    path: '/registry/lists/:listId',
    title: { zh: '登记清单', en: 'List' },
    access: RECORDS,
    load: async () => (await import('./lists/list-page.tsx')).ListPage,
  },
  {
    path: '/registry/receipts',
    title: { zh: '到账核验', en: 'Receipts to verify' },
    access: RECORDS,
    load: async () => (await import('./receipts/receipts-page.tsx')).ReceiptsPage,
  },
  {
    path: '/registry/rules',
    title: { zh: '规则与原因', en: 'Rules and reasons' },
    access: RECORDS,
    load: async () => (await import('./rules/rules-page.tsx')).RulesPage,
  },
];
