import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { DistrictCode } from '@jishi/contracts/codes';
import { PartyNature } from '@jishi/contracts/party';
import { Role } from '@jishi/contracts/roles';
import { Uscc, usccFrom } from '@jishi/contracts/uscc';
import { z } from 'zod';

/** The file that market reads at start; what it names exists afterwards. */
export const DemoAccount = z.object({
  email: z.email(),
  password: z.string().min(12),
  name: z.string(),
  organisation: z.object({
    name: z.string(),
    /** Null for an office, which trades nothing. */
    uscc: Uscc.nullable(),
    nature: PartyNature,
    district: DistrictCode,
  }),
  roles: z.array(Role).min(1),
});
export type DemoAccount = z.infer<typeof DemoAccount>;

type Organisation = DemoAccount['organisation'];

/** All invented: no such organisation exists, and the codes are valid but of nobody. */
const UNIVERSITY: Organisation = {
  name: '太湖理工大学（演示）',
  uscc: usccFrom('12320500', 'JH000001'),
  nature: 'university',
  district: 'huqiu',
};
const COMPANY: Organisation = {
  name: '苏州澄湖精密制造有限公司（演示）',
  uscc: usccFrom('91320594', 'JH000002'),
  nature: 'enterprise',
  district: 'sip',
};
const BROKER: Organisation = {
  name: '苏州阳澄技术经纪有限公司（演示）',
  uscc: usccFrom('91320507', 'JH000003'),
  nature: 'enterprise',
  district: 'xiangcheng',
};
const office = (name: string): Organisation => ({
  name,
  uscc: null,
  nature: 'government',
  district: 'gusu',
});
const REGISTRATION = office('技术合同登记点（演示）');
const SUBSIDY = office('科技补贴受理处（演示）');
const FINANCE = office('财务处（演示）');
const EXCHANGE = office('技术交易所（演示）');

const PEOPLE: readonly [string, string, Organisation, Role][] = [
  ['university', '沈知行', UNIVERSITY, 'listing-officer'],
  ['company', '陆思源', COMPANY, 'buyer'],
  ['broker', '顾引桥', BROKER, 'broker'],
  ['registrar', '许核', REGISTRATION, 'registrar'],
  ['registrar-second', '何登记', REGISTRATION, 'registrar'],
  ['senior-registrar', '严复审', REGISTRATION, 'senior-registrar'],
  ['senior-registrar-second', '丁复核', REGISTRATION, 'senior-registrar'],
  ['subsidy', '方问策', SUBSIDY, 'subsidy-officer'],
  ['subsidy-second', '施复核', SUBSIDY, 'subsidy-officer'],
  ['finance-a', '钱初核', FINANCE, 'finance-officer'],
  ['finance-b', '金复核', FINANCE, 'finance-officer'],
  ['operator', '梅开市', EXCHANGE, 'exchange-operator'],
  ['operator-second', '江守数', EXCHANGE, 'exchange-operator'],
  ['auditor', '季明鉴', office('审计处（演示）'), 'auditor'],
  ['administrator', '管理员', EXCHANGE, 'administrator'],
];

const makeAccounts = (): DemoAccount[] =>
  PEOPLE.map(([who, name, organisation, role]) => ({
    email: `${who}@demo.example`,
    password: randomBytes(12).toString('base64url'),
    name,
    organisation,
    roles: [role],
  }));

/** Reads the demo accounts of this installation; the first time they are made, each at random. */
export const loadDemoAccounts = async (path: string): Promise<DemoAccount[]> => {
  const found = await readFile(path, 'utf8').catch(() => null);
  if (found) return z.array(DemoAccount).parse(JSON.parse(found));
  const accounts = makeAccounts();
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  await rename(beside, path);
  return accounts;
};
