import type { Route } from '../../shell/routes.ts';

const SUBSIDY = ['subsidy-officer', 'auditor'] as const;
const FINANCE = ['finance-officer', 'auditor'] as const;
const ALL = ['subsidy-officer', 'finance-officer', 'auditor'] as const;

export const subsidyRoutes: readonly Route[] = [
  {
    path: '/subsidy/todo',
    title: { zh: '补助待办', en: 'Subsidy, to do' },
    access: SUBSIDY,
    load: async () => (await import('./queue/todo-page.tsx')).TodoPage,
  },
  {
    path: '/subsidy/cases',
    title: { zh: '补助案件', en: 'Subsidy cases' },
    access: ALL,
    load: async () => (await import('./queue/cases-page.tsx')).CasesPage,
  },
  {
    path: '/subsidy/cases/:caseId',
    title: { zh: '补助案件', en: 'Subsidy case' },
    access: ALL,
    load: async () => (await import('./case/case-page.tsx')).CasePage,
  },
  {
    path: '/subsidy/clawbacks',
    title: { zh: '追回', en: 'Clawbacks' },
    access: ALL,
    load: async () => (await import('./claims/claims-page.tsx')).SubsidyClaimsPage,
  },
  {
    path: '/subsidy/clawbacks/:clawbackId',
    title: { zh: '追回案', en: 'Clawback' },
    access: ALL,
    load: async () => (await import('./claims/claim-page.tsx')).ClaimPage,
  },
  {
    path: '/subsidy/notices',
    title: { zh: '补助公示', en: 'Public notices' },
    access: ALL,
    load: async () => (await import('./policy/notices-page.tsx')).NoticesPage,
  },
  {
    path: '/subsidy/schemes',
    title: { zh: '方案与条文', en: 'Schemes and rules' },
    access: ALL,
    load: async () => (await import('./policy/schemes-page.tsx')).SchemesPage,
  },
  {
    path: '/finance/batches',
    title: { zh: '批次支付', en: 'Payment batches' },
    access: FINANCE,
    load: async () => (await import('./money/batches-page.tsx')).BatchesPage,
  },
  {
    path: '/finance/batches/:batchId',
    title: { zh: '支付批次', en: 'Payment batch' },
    access: FINANCE,
    load: async () => (await import('./money/batch-page.tsx')).BatchPage,
  },
  {
    path: '/finance/bank',
    title: { zh: '银行对账', en: 'Bank answers' },
    access: FINANCE,
    load: async () => (await import('./money/bank-page.tsx')).BankPage,
  },
  {
    path: '/finance/clawbacks',
    title: { zh: '追回', en: 'Clawbacks' },
    access: FINANCE,
    load: async () => (await import('./claims/claims-page.tsx')).FinanceClaimsPage,
  },
  {
    path: '/finance/clawbacks/:clawbackId',
    title: { zh: '追回案', en: 'Clawback' },
    access: FINANCE,
    load: async () => (await import('./claims/claim-page.tsx')).ClaimPage,
  },
  {
    path: '/finance/budget',
    title: { zh: '预算', en: 'Budget' },
    access: ALL,
    load: async () => (await import('./money/budget-page.tsx')).BudgetPage,
  },
];
