import { ClawbackStatus } from '@jishi/contracts/subsidy/clawback';
import { listClawbacks } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { Choices } from '../../../kit/choices.tsx';
import { PageHead } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { NextPage } from '../queue/next-page.tsx';
import '../subsidy.css';
import { subsidyWords } from '../words.ts';
import { ClaimsTable } from './claims-table.tsx';

const ClaimsPage = ({ base }: { base: '/subsidy' | '/finance' }) => {
  const { w } = useAreaWords(subsidyWords);
  const [chosen] = useParameter('status');
  const [after] = useParameter('after');
  const status = ClawbackStatus.options.find((name) => name === chosen);
  const query = useRead(
    listClawbacks,
    { query: { ...(status ? { status } : {}), ...(after ? { after } : {}) } },
    { keep: true },
  );
  return (
    <>
      <PageHead title={w.clawbacks} note={w.clawbacksNote} ready={query.data !== undefined} />
      <Choices
        label={w.status}
        parameter="status"
        choices={[
          { value: null, label: w.all },
          ...ClawbackStatus.options.map((name) => ({ value: name, label: w[`cstatus.${name}`] })),
        ]}
      />
      <Load query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty>{status ? w.noneFound : w.noClaims}</Empty>
          ) : (
            <>
              <ClaimsTable rows={page.items} base={base} />
              <NextPage next={page.next} />
            </>
          )
        }
      </Load>
    </>
  );
};

export const SubsidyClaimsPage = () => <ClaimsPage base="/subsidy" />;
export const FinanceClaimsPage = () => <ClaimsPage base="/finance" />;
