import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { priceNoticeRule } from '@jishi/contracts/market/price-notice';
import type { ReviewCheck } from '@jishi/contracts/market/reviews';
import type { PartyNature } from '@jishi/contracts/party';

export interface Reviewed {
  readonly content: ListingContent | NeedContent;
  readonly nature: PartyNature;
  /** Other records, submitted or published, under the same title. */
  readonly sameTitles: number;
  /** Patent numbers that another listing states too. */
  readonly numbersElsewhere: readonly string[];
}

const PHONE = /(?<!\d)(1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8})(?!\d)/;
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/;
const CHAT = /(微信|QQ|扣扣)\s*(号)?\s*[::]?\s*[\w-]{5,}/i;
/** Words that say much and show nothing; a measured gain says it better. */
const SUPERLATIVES = /(国际领先|国内首创|世界首创|填补.{0,4}空白|独一无二|最先进|全球第一)/;

const textsOf = (content: ListingContent | NeedContent): readonly (readonly [string, string])[] =>
  'summary' in content
    ? [
        ['title', content.title],
        ['problemSolved', content.problemSolved],
        ['summary', content.summary],
        ['closestAlternative', content.closestAlternative],
        ['trlEvidence', content.trlEvidence],
      ]
    : [
        ['title', content.title],
        ['text', content.text],
      ];

const inTexts = (
  content: ListingContent | NeedContent,
  pattern: RegExp,
): { readonly field: string; readonly found: string } | undefined => {
  for (const [field, text] of textsOf(content)) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { field, found };
  }
  return undefined;
};

type Check = (reviewed: Reviewed) => ReviewCheck;

const contactInText: Check = ({ content }) => {
  const hit = inTexts(content, PHONE) ?? inTexts(content, EMAIL) ?? inTexts(content, CHAT);
  return {
    check: 'contact-in-text',
    passed: hit === undefined,
    field: hit?.field ?? null,
    zh: hit ? `正文含联系方式：${hit.found}` : '正文没有联系方式',
    en: hit ? `Contact data in the text: ${hit.found}` : 'No contact data in the text',
  };
};

const superlatives: Check = ({ content }) => {
  const hit = inTexts(content, SUPERLATIVES);
  return {
    check: 'superlatives',
    passed: hit === undefined,
    field: hit?.field ?? null,
    zh: hit ? `有“${hit.found}”一类说法` : '没有“首创、领先”一类说法',
    en: hit ? `A superlative: ${hit.found}` : 'No superlatives',
  };
};

const sameTitle: Check = ({ sameTitles }) => ({
  check: 'same-title',
  passed: sameTitles === 0,
  field: sameTitles === 0 ? null : 'title',
  zh: sameTitles === 0 ? '没有同名记录' : `另有 ${sameTitles} 条同名记录`,
  en:
    sameTitles === 0
      ? 'No other record has this title'
      : `Other records with this title: ${sameTitles}`,
});

const measured: Check = ({ content }) => {
  const passed = 'summary' in content ? content.gain !== null : /\d/.test(content.text);
  return {
    check: 'measured',
    passed,
    field: passed ? null : 'summary' in content ? 'gain' : 'text',
    zh: passed ? '写了可检验的数值' : '没有可检验的数值',
    en: passed ? 'States a figure that can be tested' : 'States no figure that can be tested',
  };
};

const rightsNumbered: Check = ({ content }) => {
  const rights = 'summary' in content ? content.intellectualProperty : [];
  const passed = rights.some((right) => right.number !== null);
  return {
    check: 'rights-numbered',
    passed,
    field: passed ? null : 'intellectualProperty',
    zh: passed ? '权利有编号，校验位正确；是否有效未核' : '没有带编号的权利',
    en: passed
      ? 'Rights are numbered and the check digits are right; validity is not looked up'
      : 'No right with a number',
  };
};

const rightsElsewhere: Check = ({ numbersElsewhere }) => {
  const passed = numbersElsewhere.length === 0;
  return {
    check: 'rights-elsewhere',
    passed,
    field: passed ? null : 'intellectualProperty',
    zh: passed ? '权利号未用于其他成果' : `也用于其他成果：${numbersElsewhere.join('、')}`,
    en: passed
      ? 'No other listing states these numbers'
      : `Also stated by another listing: ${numbersElsewhere.join(', ')}`,
  };
};

const priceNotice: Check = ({ content, nature }) => {
  const rule = 'price' in content ? priceNoticeRule(nature, content.price.mode) : null;
  return {
    check: 'price-notice',
    passed: true,
    field: rule ? 'price' : null,
    zh: rule ? `协议定价，成交前须公示拟交易价格 ${rule.days} 日` : '无须公示价格',
    en: rule
      ? `A negotiated price: ${rule.days} days of public notice before a contract`
      : 'No notice of the price is needed',
  };
};

const ALL: readonly Check[] = [contactInText, sameTitle, superlatives, measured];
const OF_LISTINGS: readonly Check[] = [rightsNumbered, rightsElsewhere, priceNotice];

/** What the system can see before a reviewer looks, failing ones first. It decides nothing. */
export const reviewChecks = (reviewed: Reviewed): ReviewCheck[] => {
  const checks = [...ALL, ...('summary' in reviewed.content ? OF_LISTINGS : [])].map((check) =>
    check(reviewed),
  );
  return [...checks.filter((c) => !c.passed), ...checks.filter((c) => c.passed)];
};
