import type { PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import { Tag } from '../../../kit/marks.tsx';
import { Facts } from '../../../kit/page.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { summaryOf } from './preview-changes.ts';
import { deskWords } from './words.ts';

/** Counts of contracts by what happened to them since the last vintage: never which ones. */
const Since = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const city = preview.values.find(({ series }) => series === 'city');
  if (preview.vintage === 1 || !city) return <p>{w.whyFirst}</p>;
  const { added, amended, cancelled } = city.inWindow;
  return (
    <>
      <p>{w.whyText}</p>
      <Facts
        items={[
          [w.added, added],
          [w.amended, amended],
          [w.cancelled, cancelled],
        ]}
      />
    </>
  );
};

/** What is not shown, and for which reason: the two who publish answer for that too. */
const Hidden = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const { hidden, waits } = summaryOf(preview);
  const count = hidden.reduce((sum, [, n]) => sum + n, 0);
  return (
    <>
      {waits > 0 ? <p>{fill(w.waitsText, { n: waits })}</p> : null}
      {count > 0 ? (
        <>
          <p>{fill(w.hiddenText, { n: count })}</p>
          <Facts items={hidden.map(([reason, n]) => [w[`reason.${reason}`], n])} />
        </>
      ) : null}
    </>
  );
};

/** Why the month changes, under which label it goes out, and what is held back. */
export const ChangeWhy = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const { t } = useWords();
  const { revision } = preview;
  const label = t[`revision.${revision ?? 'first'}`];
  return (
    <>
      <p>
        <Tag tone={revision === 'C' ? 'warn' : 'info'}>{label}</Tag>{' '}
        {revision ? w[`revision.${revision}`] : null}
      </p>
      <Since preview={preview} />
      <Hidden preview={preview} />
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
