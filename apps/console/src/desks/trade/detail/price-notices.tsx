import type { PriceNoticeRule } from '@jishi/contracts/market/price-notice';
import { listPriceNotices, type PriceNotice } from '@jishi/contracts/market/price-notice';
import { useRead } from '../../../api/queries.ts';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { Amount, Day } from '../../../kit/values.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

const TONES: Readonly<Record<PriceNotice['state'], Tone>> = {
  running: 'info',
  over: 'ok',
  withdrawn: 'plain',
};

/** How long and on what ground, with how sure that is said beside it. */
export const NoticeRule = ({ rule }: { rule: PriceNoticeRule }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const status = {
    OFFICIAL: w.official,
    SINGLE_SOURCE: w.singleSource,
    DRAFT: w.draftRule,
    ASSUMPTION: w.assumption,
  }[rule.status];
  return (
    <p className="notice-rule">
      {fill(w.noticeRule, { n: rule.days })} {language === 'zh' ? rule.basisZh : rule.basisEn}{' '}
      <Tag tone={rule.status === 'OFFICIAL' ? 'ok' : 'warn'}>{status}</Tag>
    </p>
  );
};

export const NoticeList = ({ items }: { items: readonly PriceNotice[] }) => {
  const { w } = useTradeWords();
  const state = { running: w.noticeRunning, over: w.noticeOver, withdrawn: w.noticeWithdrawn };
  return (
    <ul className="notice-list">
      {items.map((notice) => (
        <li key={notice.noticeId}>
          <Tag tone={TONES[notice.state]}>{state[notice.state]}</Tag> {w.proposedPrice}{' '}
          <Amount fen={notice.proposedPriceFen} exact /> · <Day day={notice.startedOn} />
          {' – '}
          <Day day={notice.lastOn} />
          <p className="hint">
            {notice.withdrawnBecause
              ? fill(w.withdrawnBecause, { why: notice.withdrawnBecause })
              : fill(w.objectionsTo, { whom: notice.objectionsTo })}
          </p>
        </li>
      ))}
    </ul>
  );
};

/** 公示 as everybody sees it; nothing where no rule applies. */
export const PriceNoticeSection = ({ listingId }: { listingId: string }) => {
  const { w } = useTradeWords();
  const query = useRead(listPriceNotices, { params: { listingId } });
  if (query.data && !query.data.rule && query.data.items.length === 0) return null;
  return (
    <Section title={w.priceNotice}>
      <Load query={query}>
        {({ rule, items }) => (
          <>
            {rule ? <NoticeRule rule={rule} /> : null}
            {items.length > 0 ? <NoticeList items={items} /> : <p>{w.noNoticeYet}</p>}
          </>
        )}
      </Load>
    </Section>
  );
};
