import { Me } from '@jishi/contracts/market/accounts';
import type { Page } from 'playwright-core';
import type { Person } from './console-server.ts';
import { untilReady } from './open-page.ts';

/** A made-up exchange operator, who sees exact values. */
export const me = Me.parse({
  userId: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e01',
  name: '周运营',
  email: 'operator@example.cn',
  membership: {
    id: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e02',
    status: 'active',
    manages: false,
    organisation: {
      id: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e03',
      kind: 'office',
      name: '苏州技术交易所(示例)',
      uscc: null,
      country: null,
      partyId: null,
      nature: 'government',
      district: 'gusu',
      verified: true,
      demo: true,
    },
  },
  roles: ['exchange-operator'],
});

export const OPERATOR: Person = { email: me.email, password: 'a long enough password', me };

/** Signs the operator in on the page of signing in, and waits for what opens then. */
export const enterOperator = async (page: Page): Promise<void> => {
  await untilReady(page);
  await page.getByLabel('电子邮箱').fill(OPERATOR.email);
  await page.getByLabel('密码').fill(OPERATOR.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('link', { name: `已登录 ${me.name}` }).waitFor();
};
