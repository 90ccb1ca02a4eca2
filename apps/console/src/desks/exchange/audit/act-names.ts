import type { Language } from '../../../words/words.tsx';

/** Acts of accounts by name; one that is not here is shown as the trail has it. */
const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'account-given': ['随安装建立账户', 'Account given at installation'],
  'sign-up': ['注册', 'Sign-up'],
  'organisation-verified': ['核实单位', 'Organisation verified'],
  'organisation-refused': ['单位未通过', 'Organisation refused'],
  'membership-approve': ['批准成员', 'Member approved'],
  'membership-set-roles': ['改成员角色', 'Roles of a member changed'],
  'membership-end': ['结束成员资格', 'Membership ended'],
  'grant-role': ['授予岗位', 'Role granted'],
  'approve-role': ['批准岗位', 'Role approved'],
  'remove-role': ['收回岗位', 'Role taken back'],
  suspend: ['停用账户', 'Account suspended'],
  reinstate: ['恢复账户', 'Account reinstated'],
};

export const actName = (act: string, language: Language): string => {
  const name = NAMES[act];
  return name ? name[language === 'zh' ? 0 : 1] : act;
};
