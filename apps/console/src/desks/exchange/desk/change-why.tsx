import type { PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import { Facts } from '../../../kit/page.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { deskWords } from './words.ts';

/** Counts of contracts by what happened to them since the last vintage: never which ones. */
export const ChangeWhy = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const city = preview.cells.find((cell) => cell.cell === 'city');
  const waiting = preview.cells.filter((cell) => cell.waits).length;
  const hidden = preview.cells.filter((cell) => cell.published.state === 'hidden').length;
  const counts = (of: { added: number; amended: number; cancelled: number }) => (
    <Facts
      items={[
        [w.added, of.added],
        [w.amended, of.amended],
        [w.cancelled, of.cancelled],
      ]}
    />
  );
  return (
    <>
      {preview.vintage === 1 || !city ? (
        <p>{w.whyFirst}</p>
      ) : (
        <>
          <p>{w.whyText}</p>
          {counts(city.inMonth)}
          <p>{w.whyBase}</p>
          {counts(city.inBase)}
        </>
      )}
      {waiting > 0 ? <p>{fill(w.waitsText, { n: waiting })}</p> : null}
      {hidden > 0 ? <p>{fill(w.hiddenText, { n: hidden })}</p> : null}
      <Facts
        items={[
          [w.contentHash, <Hash key="hash" hex={preview.contentHash} />],
          [w.preparedAt, <At key="at" instant={preview.preparedAt} />],
          [w.expiresAt, <At key="until" instant={preview.expiresAt} />],
        ]}
      />
    </>
  );
};
