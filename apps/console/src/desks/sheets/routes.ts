import type { Route } from '../../shell/routes.ts';

const OFFICERS = ['listing-officer', 'buyer'] as const;

export const sheetsRoutes: readonly Route[] = [
  {
    path: '/desk/import',
    title: { zh: '批量导入', en: 'Import' },
    access: OFFICERS,
    load: async () => (await import('./upload-page.tsx')).UploadPage,
  },
  {
    path: '/desk/imports',
    title: { zh: '导入记录', en: 'Past imports' },
    access: OFFICERS,
    load: async () => (await import('./imports-page.tsx')).ImportsPage,
  },
  {
    path: '/desk/import/:importId',
    title: { zh: '批量导入', en: 'Import' },
    access: OFFICERS,
    load: async () => (await import('./import-page.tsx')).ImportPage,
  },
];
