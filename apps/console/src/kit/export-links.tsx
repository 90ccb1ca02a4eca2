import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { download } from '../api/download.ts';
import { useWords } from '../words/words.tsx';
import { useSay } from './said.tsx';

const FORMATS = ['xlsx', 'csv'] as const;

/** The whole table from the service, not only the rows in sight, as a workbook or as CSV. */
export const ExportLinks = ({ endpoint }: { endpoint: EndpointSpec }) => {
  const { t } = useWords();
  const say = useSay();
  const take = async (format: (typeof FORMATS)[number]): Promise<void> => {
    if (!(await download(endpoint, { query: { format } }))) say(t.exportFailed);
  };
  return (
    <p className="table-foot">
      {t.exportAll}{' '}
      {FORMATS.map((format) => (
        <button key={format} type="button" className="quiet" onClick={() => void take(format)}>
          .{format}
        </button>
      ))}
    </p>
  );
};
