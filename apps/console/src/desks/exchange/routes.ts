import type { Route } from '../../shell/routes.ts';

const OPERATOR = ['exchange-operator'] as const;
const OPERATOR_AND_AUDITOR = ['exchange-operator', 'auditor'] as const;

const PUBLIC_ROUTES: readonly Route[] = [
  {
    path: '/indices',
    title: { zh: '指数', en: 'Indices' },
    access: 'public',
    load: async () => (await import('./indices/indices-page.tsx')).IndicesPage,
  },
  {
    path: '/method',
    title: { zh: '方法与证明', en: 'Method and proof' },
    access: 'public',
    load: async () => (await import('./public/method-page.tsx')).MethodPage,
  },
  {
    path: '/verify',
    title: { zh: '账本与证明', en: 'Log and proofs' },
    access: 'public',
    load: async () => (await import('./proof/log-page.tsx')).LogPage,
  },
  {
    path: '/notices',
    title: { zh: '公示', en: 'Public notices' },
    access: 'public',
    load: async () => (await import('./public/notices-page.tsx')).NoticesPage,
  },
  {
    path: '/problems',
    title: { zh: '拒绝与原因', en: 'Refusals and why' },
    access: 'public',
    load: async () => (await import('./public/problems-page.tsx')).ProblemsPage,
  },
  {
    path: '/problems/:type',
    title: { zh: '拒绝与原因', en: 'Refusals and why' },
    access: 'public',
    load: async () => (await import('./public/problems-page.tsx')).ProblemPage,
  },
  {
    path: '/apis',
    title: { zh: '开放接口', en: 'Open interfaces' },
    access: 'public',
    load: async () => (await import('./public/apis-page.tsx')).ApisPage,
  },
];

const DESK_ROUTES: readonly Route[] = [
  {
    path: '/exchange/publish',
    title: { zh: '发布月度', en: 'Publish' },
    access: OPERATOR_AND_AUDITOR,
    load: async () => (await import('./desk/publish-page.tsx')).PublishPage,
  },
  {
    path: '/exchange/publish/:publicationId',
    title: { zh: '发布预览', en: 'Preview' },
    access: OPERATOR_AND_AUDITOR,
    load: async () => (await import('./desk/preview-page.tsx')).PreviewPage,
  },
  {
    path: '/exchange/quality',
    title: { zh: '数据质量', en: 'Data quality' },
    access: OPERATOR,
    load: async () => (await import('./desk/quality-page.tsx')).QualityPage,
  },
  {
    path: '/exchange/targets',
    title: { zh: '目标与大屏', en: 'Targets' },
    access: OPERATOR,
    load: async () => (await import('./desk/targets-page.tsx')).TargetsPage,
  },
];

const ADMIN_ROUTES: readonly Route[] = [
  {
    path: '/admin/organisations',
    title: { zh: '机构与成员', en: 'Organisations' },
    access: ['administrator'],
    load: async () => (await import('./admin/organisations-page.tsx')).OrganisationsPage,
  },
  {
    path: '/admin/organisations/:organisationId',
    title: { zh: '机构', en: 'Organisation' },
    access: ['administrator'],
    load: async () => (await import('./admin/organisation-page.tsx')).OrganisationPage,
  },
  {
    path: '/admin/members',
    title: { zh: '本单位成员', en: 'Members' },
    access: 'signed-in',
    load: async () => (await import('./admin/members-page.tsx')).MembersPage,
  },
  {
    path: '/admin/health',
    title: { zh: '健康', en: 'Health' },
    access: ['administrator'],
    load: async () => (await import('./admin/health-page.tsx')).HealthPage,
  },
];

const AUDIT_ROUTES: readonly Route[] = [
  {
    path: '/audit/search',
    title: { zh: '检索', en: 'Search' },
    access: ['auditor'],
    load: async () => (await import('./audit/search-page.tsx')).SearchPage,
  },
  {
    path: '/audit/export',
    title: { zh: '导出与验证', en: 'Export and verify' },
    access: ['auditor'],
    load: async () => (await import('./audit/export-page.tsx')).ExportPage,
  },
  {
    path: '/audit/trail',
    title: { zh: '操作留痕', en: 'Trail of acts' },
    access: ['auditor', 'administrator'],
    load: async () => (await import('./audit/trail-page.tsx')).TrailPage,
  },
];

export const exchangeRoutes: readonly Route[] = [
  ...PUBLIC_ROUTES,
  ...DESK_ROUTES,
  ...ADMIN_ROUTES,
  ...AUDIT_ROUTES,
];
