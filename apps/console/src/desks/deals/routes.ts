import type { Route } from '../../shell/routes.ts';

const TRADERS = ['listing-officer', 'buyer', 'broker'] as const;

export const dealsRoutes: readonly Route[] = [
  {
    path: '/desk/negotiations',
    title: { zh: '接洽与谈判', en: 'Negotiations' },
    access: TRADERS,
    load: async () => (await import('./room/negotiations-page.tsx')).NegotiationsPage,
  },
  {
    path: '/desk/negotiations/:negotiationId',
    title: { zh: '谈判室', en: 'Negotiation room' },
    access: TRADERS,
    load: async () => (await import('./room/room-page.tsx')).RoomPage,
  },
  {
    path: '/desk/contracts',
    title: { zh: '合同与登记', en: 'Contracts and registration' },
    access: TRADERS,
    load: async () => (await import('./contract/contracts-page.tsx')).ContractsPage,
  },
  {
    path: '/desk/contracts/:contractId',
    title: { zh: '合同', en: 'Contract' },
    access: TRADERS,
    load: async () => (await import('./contract/contract-page.tsx')).ContractPage,
  },
  {
    path: '/desk/paper-contracts/:contractId',
    title: { zh: '纸质合同', en: 'Contract of paper' },
    access: ['listing-officer', 'buyer'],
    load: async () => (await import('./paper/paper-page.tsx')).PaperPage,
  },
  {
    path: '/desk/brokerage',
    title: { zh: '撮合', en: 'Brokerage' },
    access: ['broker'],
    load: async () => (await import('./brokerage-page.tsx')).BrokeragePage,
  },
  {
    path: '/desk/subsidies',
    title: { zh: '补助', en: 'Subsidies' },
    access: TRADERS,
    load: async () => (await import('./money/subsidies-page.tsx')).SubsidiesPage,
  },
  {
    path: '/desk/payee',
    title: { zh: '收款账户', en: 'Payee account' },
    access: TRADERS,
    load: async () => (await import('./money/payee-page.tsx')).PayeePage,
  },
];
