import {
  confirmPublication,
  type PublicationPreview,
  readPublicationPreview,
  withdrawPublication,
} from '@jishi/contracts/ledger/publication-desk';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { monthAndYear } from '../../../format/moment.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { TextField } from '../../../kit/fields.tsx';
import { Columns, PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load } from '../../../kit/states.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import '../exchange.css';
import { ChangeTable } from './change-table.tsx';
import { ChangeWhy } from './change-why.tsx';
import { PreviewContributions } from './preview-contributions.tsx';
import { deskWords } from './words.ts';

const Withdraw = (props: { publicationId: string }) => {
  const { w } = useAreaWords(deskWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const form = useForm({ defaultValues: { reason: '' } });
  const act = useAct(withdrawPublication, () => {
    setOpen(false);
    say(w.withdrawn);
  });
  const trouble = useTrouble(act);
  return (
    <>
      <button type="button" className="outlined" onClick={() => setOpen(true)}>
        {w.withdraw}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.withdrawTitle}
        act={w.withdraw}
        busy={act.isPending}
        trouble={trouble}
        onAct={form.handleSubmit(({ reason }) =>
          act.mutate({ params: { publicationId: props.publicationId }, body: { reason } }),
        )}
      >
        <TextField control={form.control} name="reason" label={w.withdrawReason} maxLength={500} />
      </Confirm>
    </>
  );
};

const Publish = ({ preview }: { preview: PublicationPreview }) => {
  const { w, language } = useAreaWords(deskWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const act = useAct(confirmPublication, () => {
    setOpen(false);
    say(w.confirmed);
  });
  const trouble = useTrouble(act);
  const month = monthAndYear(preview.period, language);
  const moved = preview.values.filter((one) => one.moves).length;
  const shown = preview.values.filter(({ published }) => published.value !== null).length;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.confirm}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={fill(w.confirmTitle, { month })}
        act={w.confirm}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { publicationId: preview.publicationId },
            body: { contentHash: preview.contentHash },
          })
        }
      >
        <p>
          {preview.vintage === 1
            ? fill(w.confirmFirst, { n: shown })
            : fill(w.confirmText, { n: moved })}
        </p>
        <p className="mono code-block">{preview.contentHash}</p>
      </Confirm>
    </>
  );
};

/** Who prepared it waits; another operator confirms; the auditor only reads. */
const Actions = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const known = useWho();
  const isOperator = known.state === 'person' && known.me.roles.includes('exchange-operator');
  if (preview.status === 'published') {
    return <Link to={`/indices?period=${preview.period}`}>{w.seePublic}</Link>;
  }
  if (preview.status !== 'prepared' || !isOperator) return null;
  return (
    <>
      <Withdraw publicationId={preview.publicationId} />
      {preview.isMine ? (
        <button type="button" className="primary" disabled title={w.waitOtherText}>
          {w.waitOther}
        </button>
      ) : (
        <Publish preview={preview} />
      )}
    </>
  );
};

const Preview = ({ preview }: { preview: PublicationPreview }) => {
  const { w, language } = useAreaWords(deskWords);
  const month = monthAndYear(preview.period, language);
  return (
    <>
      <PageHead
        title={fill(w.previewTitle, { month })}
        note={
          <>
            {fill(w.previewNote, { seq: preview.head.seq, n: preview.vintage })}{' '}
            <strong>{w[`status.${preview.status}`]}</strong>
          </>
        }
        actions={<Actions preview={preview} />}
        ready
      />
      {preview.isMine && preview.status === 'prepared' ? <p>{w.waitOtherText}</p> : null}
      <Columns
        main={
          <>
            <Section title={w.values}>
              <ChangeTable preview={preview} />
            </Section>
            <PreviewContributions preview={preview} />
          </>
        }
        side={
          <Section title={w.why}>
            <ChangeWhy preview={preview} />
          </Section>
        }
      />
    </>
  );
};

/** What the public would read, beside what it read last, and why it differs. */
export const PreviewPage = ({ values }: PageProps) => {
  const publicationId = values.publicationId ?? '';
  const query = useRead(readPublicationPreview, { params: { publicationId } });
  return (
    <Load query={query} whole>
      {(preview) => <Preview preview={preview} />}
    </Load>
  );
};
