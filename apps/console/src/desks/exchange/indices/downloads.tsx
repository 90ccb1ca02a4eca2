import { downloadIndexValues } from '@jishi/contracts/ledger/index-endpoints';
import { download } from '../../../api/download.ts';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { asOfQuery, type IndicesView } from './use-indices.ts';
import { indicesWords } from './words.ts';

/** Every series of the months in sight, as a file of the ledger. */
export const Downloads = ({ view }: { view: IndicesView | null }) => {
  const { w } = useAreaWords(indicesWords);
  const say = useSay();
  const periods = view?.rows.map(({ period }) => period) ?? [];
  const [from, to] = [periods[0], periods.at(-1)];
  const take = async (format: 'csv' | 'xlsx'): Promise<void> => {
    const months = from && to ? { from, to } : {};
    const asOf = view ? asOfQuery(view) : {};
    const came = await download(downloadIndexValues, { query: { format, ...months, ...asOf } });
    if (!came) say(w.downloadFailed);
  };
  return (
    <>
      <button type="button" className="outlined" disabled={!view} onClick={() => void take('xlsx')}>
        {w.downloadXlsx}
      </button>
      <button type="button" className="primary" disabled={!view} onClick={() => void take('csv')}>
        {w.downloadCsv}
      </button>
    </>
  );
};
