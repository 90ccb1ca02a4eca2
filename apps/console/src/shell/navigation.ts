import type { Role } from '@jishi/contracts/roles';

/** A text in both languages, where a whole dictionary would only be a second place to look. */
export interface Named {
  readonly zh: string;
  readonly en: string;
}
export interface NavigationItem extends Named {
  readonly to: string;
}
export interface NavigationGroup extends Named {
  readonly items: readonly NavigationItem[];
}

const item = (to: string, zh: string, en: string): NavigationItem => ({ to, zh, en });

const NEGOTIATIONS = item('/desk/negotiations', '接洽与谈判', 'Negotiations');
const CONTRACTS = item('/desk/contracts', '合同与登记', 'Contracts');
const SUBSIDIES = item('/desk/subsidies', '补助', 'Subsidies');
const RESULTS = item('/results', '找成果', 'Find results');
const NEEDS = item('/needs', '找需求', 'Find needs');

/** What both registrars work with. */
const REGISTRY: readonly NavigationItem[] = [
  item('/registry/queue', '审核队列', 'Review queue'),
  item('/registry/registered', '已登记', 'Registered'),
  item('/registry/changes', '变更与注销', 'Changes'),
  item('/registry/receipts', '到账核验', 'Receipts'),
  item('/registry/lists', '登记清单', 'Lists'),
  item('/registry/rules', '规则与原因', 'Rules and reasons'),
];

/** What each role works with; the first item is where the role's day begins. */
export const ROLE_ITEMS: Readonly<Record<Role, readonly NavigationItem[]>> = {
  'listing-officer': [
    item('/desk/listings', '我的成果', 'My listings'),
    item('/desk/import', '批量导入', 'Import'),
    NEGOTIATIONS,
    CONTRACTS,
    SUBSIDIES,
  ],
  buyer: [item('/desk/needs', '我的需求', 'My needs'), NEGOTIATIONS, CONTRACTS, SUBSIDIES],
  broker: [item('/desk/brokerage', '撮合', 'Brokerage'), NEGOTIATIONS, CONTRACTS, SUBSIDIES],
  registrar: REGISTRY,
  'senior-registrar': [item('/registry/second-review', '二次审核', 'Second review'), ...REGISTRY],
  'subsidy-officer': [
    item('/subsidy/todo', '待办', 'To do'),
    item('/subsidy/cases', '案件', 'Cases'),
    item('/subsidy/clawbacks', '追回', 'Clawbacks'),
    item('/subsidy/notices', '公示', 'Notices'),
    item('/subsidy/schemes', '方案与条文', 'Schemes'),
  ],
  'finance-officer': [
    item('/finance/batches', '批次支付', 'Batches'),
    item('/finance/bank', '银行对账', 'Bank answers'),
    item('/finance/clawbacks', '追回', 'Clawbacks'),
    item('/finance/budget', '预算', 'Budget'),
  ],
  'exchange-operator': [
    item('/exchange/publish', '发布月度', 'Publish'),
    item('/live?exact=1', '精确实时屏', 'Live, exact'),
    item('/exchange/quality', '数据质量', 'Data quality'),
    item('/exchange/targets', '目标与大屏', 'Targets'),
    item('/exchange/reviews', '挂牌审核', 'Listing review'),
  ],
  auditor: [
    item('/audit/search', '检索', 'Search'),
    item('/audit/export', '导出与验证', 'Export and verify'),
    item('/audit/trail', '操作留痕', 'Trail of acts'),
    item('/subsidy/cases', '补助案件', 'Subsidy cases'),
    item('/finance/batches', '支付批次', 'Payments'),
    item('/registry/registered', '已登记', 'Registered'),
  ],
  administrator: [
    item('/admin/organisations', '机构与成员', 'Organisations'),
    item('/admin/health', '健康', 'Health'),
  ],
};

export const PUBLIC_ITEMS: readonly NavigationItem[] = [
  item('/', '首页', 'Home'),
  item('/live', '实时屏', 'Live'),
  RESULTS,
  NEEDS,
  item('/indices', '指数', 'Indices'),
  item('/notices', '公示', 'Notices'),
  item('/method', '方法与证明', 'Method and proof'),
  item('/verify', '账本与证明', 'Log and proofs'),
  item('/apis', '开放接口', 'Open interfaces'),
];

/** For members who have work: fewer public pages, so that at most ten items remain. */
const PUBLIC_FOR_MEMBERS: readonly NavigationItem[] = [
  RESULTS,
  NEEDS,
  item('/indices', '指数', 'Indices'),
  item('/method', '方法与证明', 'Method and proof'),
];

const MANAGES = item('/admin/members', '本单位成员', 'Members');

/** Several roles add up, in this order, each page once; there is no role switcher. */
export const navigationOf = (
  roles: readonly Role[],
  managesMembers: boolean,
): readonly NavigationGroup[] => {
  const own = roles.flatMap((role) => ROLE_ITEMS[role]);
  const once = own.filter((a, i) => own.findIndex((b) => b.to === a.to) === i);
  const work = managesMembers ? [...once, MANAGES] : once;
  if (work.length === 0) return [{ zh: '公开', en: 'Public', items: PUBLIC_ITEMS }];
  return [
    { zh: '工作', en: 'Work', items: work },
    { zh: '公开', en: 'Public', items: PUBLIC_FOR_MEMBERS },
  ];
};

/** The first page after signing in is the role's queue, not a dashboard. */
export const landingOf = (roles: readonly Role[]): string => {
  const [first] = roles;
  return (first && ROLE_ITEMS[first][0]?.to) ?? '/';
};
