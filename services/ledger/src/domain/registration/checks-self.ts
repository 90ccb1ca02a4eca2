import { isSubTypeOf } from '@jishi/contracts/contract-types';
import type { SystemCheck } from '@jishi/contracts/ledger/registry';
import { usccIsValid } from '@jishi/contracts/uscc';
import { type Checked, found } from './check.ts';
import { registrantOf } from './submission.ts';

/** Checks that look at the contract alone. */

const CODES = { code: 'codes', titleZh: '类别与板块', titleEn: 'Codes and district' };

/** The sub-type belongs to the type, and the district is the registrant's. */
export const codesCheck = (checked: Checked): SystemCheck => {
  const { public: open } = checked;
  if (!isSubTypeOf(open.contractSubType, open.contractType)) {
    return found(CODES, 'fail', ['合同子类不属于该合同类别', 'The sub-type is of another type'], {
      field: 'public.contractSubType',
    });
  }
  const registrant = registrantOf(checked);
  if (registrant?.district !== open.sellerDistrict) {
    return found(CODES, 'fail', ['板块与登记主体不一致', "Not the registrant's district"], {
      field: 'public.sellerDistrict',
    });
  }
  return found(CODES, 'ok', [
    '类别、子类、领域、行业和板块相符',
    'Type, field, industry and district fit',
  ]);
};

const USCC = { code: 'uscc', titleZh: '统一社会信用代码', titleEn: 'Credit codes' };

/** Both check digits of every domestic party; foreigners and persons have no such code. */
export const usccCheck = ({ private: hidden }: Checked): SystemCheck => {
  for (const side of ['seller', 'buyer'] as const) {
    const { key } = hidden[side];
    if (key.kind !== 'domestic' || usccIsValid(key.uscc)) continue;
    const who = side === 'seller' ? '卖方' : '买方';
    return found(USCC, 'fail', [`${who}代码校验位有误`, `Check digit wrong: ${side}`], {
      field: `private.${side}.key.uscc`,
    });
  }
  const kinds = [hidden.seller.key.kind, hidden.buyer.key.kind];
  return kinds.every((kind) => kind === 'domestic')
    ? found(USCC, 'ok', ['双方代码的两位校验码均正确', 'Both check digits of both are right'])
    : found(USCC, 'ok', [
        '境内单位代码校验正确,另一方没有此代码',
        'Right where there is one; the other side has none',
      ]);
};

const AMOUNT = { code: 'amount', titleZh: '成交额与技术交易额', titleEn: 'The two amounts' };
const BP = 10_000n;

/** Technology value: above zero, not above the contract value, and a usual share of it. */
export const amountCheck = ({ private: hidden, rules }: Checked): SystemCheck => {
  const total = BigInt(hidden.contractValueFen);
  const technology = BigInt(hidden.technologyValueFen);
  const at = { field: 'private.technologyValueFen' };
  if (technology > total) {
    const words = ['技术交易额大于成交额', 'Technology value above contract value'] as const;
    return found(AMOUNT, 'fail', words, at);
  }
  if (technology === 0n) {
    return found(AMOUNT, 'fail', ['没有技术交易额', 'There is no technology value'], at);
  }
  const share = rules.unusualShareBelowBp.value;
  if (technology * BP < total * share) {
    const percent = `${share / 100n}%`;
    return found(
      AMOUNT,
      'warn',
      [`技术交易额不足成交额的 ${percent}`, `Technology value below ${percent} of the contract`],
      at,
    );
  }
  return found(AMOUNT, 'ok', ['技术交易额在通常范围内', 'Technology value within the usual']);
};

const DATES = { code: 'dates', titleZh: '日期先后', titleEn: 'Order of dates' };

/** Signed, then effective, then not before today. */
export const datesCheck = ({ public: open, today }: Checked): SystemCheck => {
  if (open.signedOn > today) {
    return found(DATES, 'fail', ['签订日期晚于今天', 'Signed on a day to come'], {
      field: 'public.signedOn',
    });
  }
  if (open.effectiveOn < open.signedOn) {
    return found(DATES, 'warn', ['生效日期早于签订日期', 'Effective before it was signed'], {
      field: 'public.effectiveOn',
    });
  }
  return found(DATES, 'ok', ['签订与生效日期相符', 'Signed and effective in order']);
};

const EFFECTIVE = { code: 'effective', titleZh: '生效与有效期', titleEn: 'In force' };

/** Both regimes register a contract that is effective and within its validity. */
export const effectiveCheck = ({ public: open, private: hidden, today }: Checked): SystemCheck => {
  if (open.effectiveOn > today) {
    const words = [`${open.effectiveOn} 起才生效`, `In force from ${open.effectiveOn}`] as const;
    return found(EFFECTIVE, 'fail', words, { field: 'public.effectiveOn' });
  }
  const { form } = hidden;
  if (!form) {
    const words = ['没有登记表,有效期不明', 'Without the form the validity is not known'] as const;
    return found(EFFECTIVE, 'unknown', words, { field: 'private.form' });
  }
  if (form.validTo !== null && form.validTo < form.validFrom) {
    const words = ['有效期的止日早于起日', 'The validity ends before it begins'] as const;
    return found(EFFECTIVE, 'fail', words, { field: 'private.form.validTo' });
  }
  if (form.validTo !== null && form.validTo < today) {
    const words = [`已于 ${form.validTo} 履行期满`, `Performance ended ${form.validTo}`] as const;
    return found(EFFECTIVE, 'fail', words, { field: 'private.form.validTo' });
  }
  return found(EFFECTIVE, 'ok', ['已生效,且在有效期内', 'Effective and within its validity']);
};
