const zh = {
  party: '单位',
  role: '身份',
  seller: '输出方',
  buyer: '吸纳方',
  broker: '中介方',
  year: '年度',
  award: '拟补助（元）',
  days: '公示期',
  state: '状态',
  running: '公示中',
  over: '已期满',
  assumption: '含假设',
  objection: '对名单有异议的，请在公示期内向受理补助的部门书面提出，写明事实和理由。',
} as const;

const en: Readonly<Record<keyof typeof zh, string>> = {
  party: 'Organisation',
  role: 'As',
  seller: 'Seller 输出方',
  buyer: 'Buyer 吸纳方',
  broker: 'Broker 中介方',
  year: 'Year',
  award: 'Award (yuan)',
  days: 'Notice',
  state: 'State',
  running: 'Running',
  over: 'Over',
  assumption: 'Rests on an assumption',
  objection: 'Objections go in writing to the office that handles the subsidy, within the notice.',
};

export const noticeWords = { zh, en };
