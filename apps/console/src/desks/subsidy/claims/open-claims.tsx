import { listClawbacks } from '@jishi/contracts/subsidy/endpoints';
import { useRead } from '../../../api/queries.ts';
import { Empty, Load } from '../../../kit/states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { subsidyWords } from '../words.ts';
import { ClaimsTable } from './claims-table.tsx';

const LIMIT = 200;
const IS_OPEN = ['opened', 'demanded', 'approved'];

/** Claims that are not over, the oldest first. */
export const OpenClaims = () => {
  const { w } = useAreaWords(subsidyWords);
  const query = useRead(listClawbacks, { query: { limit: LIMIT } }, { keep: true });
  return (
    <Load query={query}>
      {(page) => {
        const open = page.items.filter((line) => IS_OPEN.includes(line.status));
        return open.length === 0 ? (
          <Empty>{w.noClaims}</Empty>
        ) : (
          <ClaimsTable rows={open} base="/subsidy" />
        );
      }}
    </Load>
  );
};
