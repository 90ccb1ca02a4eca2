import { listRegistrations } from '@jishi/contracts/ledger/endpoints';
import type { Funnel, FunnelStage } from '@jishi/contracts/market/reach';
import { useRead } from '../../../api/queries.ts';
import { fill } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

const LIMIT = 200;

/** The own contracts that the ledger has registered; nothing is asked without a contract. */
export const useRegistered = (contractIds: readonly string[]): ReadonlySet<string> => {
  const { data } = useRead(
    listRegistrations,
    { query: { status: 'registered', limit: LIMIT } },
    { when: contractIds.length > 0 },
  );
  return new Set(data?.items.map((registration) => registration.contractId));
};

/** 浏览 12 → 联系 3 → 洽谈 2 → 报价 1 → 合同 1 → 登记 1, with the days that each took. */
export const FunnelLine = (props: { funnel: Funnel; registered: ReadonlySet<string> }) => {
  const { w } = useTradeWords();
  const names: Readonly<Record<FunnelStage['stage'], string>> = {
    views: w.stageViews,
    contacts: w.stageContacts,
    negotiations: w.stageNegotiations,
    offers: w.stageOffers,
    contracts: w.stageContracts,
  };
  const { stages, contractIds } = props.funnel;
  const registered = contractIds.filter((id) => props.registered.has(id)).length;
  return (
    <ol className="funnel" aria-label={w.funnel}>
      {stages.map(({ stage, count, days }) => (
        <li key={stage} className={count > 0 ? 'is-reached' : undefined}>
          <span className="funnel-name">{names[stage]}</span>
          <span className="funnel-count">{count}</span>
          <span className="funnel-days">
            {days === null ? '' : days === 0 ? w.sameDay : fill(w.afterDays, { n: days })}
          </span>
        </li>
      ))}
      <li className={registered > 0 ? 'is-reached' : undefined}>
        <span className="funnel-name">{w.stageRegistered}</span>
        <span className="funnel-count">{registered}</span>
        <span className="funnel-days" />
      </li>
    </ol>
  );
};
