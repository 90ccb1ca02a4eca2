import { readNeedDraft } from '@jishi/contracts/market/drafts';
import { useRead } from '../../../api/queries.ts';
import { Load } from '../../../kit/states.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { OwnNeed } from '../own/own-need.tsx';
import { NeedForm } from './need-form.tsx';
import { useNewRecord } from './new-record.ts';

const KeptNeed = ({ needId }: { needId: string }) => {
  const query = useRead(readNeedDraft, { params: { needId } });
  return (
    <Load query={query} whole>
      {(view) =>
        view.status === null || view.status === 'draft' || view.status === 'returned' ? (
          <NeedForm key={needId} needId={needId} view={view} />
        ) : (
          <OwnNeed needId={needId} />
        )
      }
    </Load>
  );
};

/** 发布需求. */
export const NewNeedPage = () => {
  const { id, wasKept, keep } = useNewRecord();
  if (wasKept) return <KeptNeed needId={id} />;
  return <NeedForm needId={id} view={null} onFirstSave={keep} />;
};

/** A draft or one that came back is written on; anything later is looked at. */
export const NeedDeskPage = ({ values }: PageProps) => <KeptNeed needId={values.needId ?? ''} />;
