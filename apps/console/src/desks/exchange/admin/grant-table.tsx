import {
  approveGrant,
  listGrants,
  type RoleGrant,
  removeGrant,
} from '@jishi/contracts/market/administration';
import { useState } from 'react';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load, TroubleNotice } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, ShortId } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import { adminWords } from './words.ts';

const TONES: Readonly<Record<RoleGrant['status'], Tone>> = {
  pending: 'warn',
  effective: 'ok',
  removed: 'plain',
};

const GrantActs = ({ grant }: { grant: RoleGrant }) => {
  const { w } = useAreaWords(adminWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const done = () => {
    setOpen(false);
    say(w.grantSaid);
  };
  const approve = useAct(approveGrant, done);
  const remove = useAct(removeGrant, done);
  const trouble = useTrouble(approve);
  const removeTrouble = useTrouble(remove);
  const params = { grantId: grant.id };
  if (grant.status === 'removed') return null;
  return (
    <>
      {grant.status === 'pending' ? (
        <BusyButton
          busy={approve.isPending}
          look="outlined"
          onClick={() => approve.mutate({ params })}
        >
          {w.approveGrant}
        </BusyButton>
      ) : null}
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {w.removeGrant}
      </button>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.removeTitle}
        act={w.removeGrant}
        busy={remove.isPending}
        trouble={removeTrouble}
        onAct={() => remove.mutate({ params })}
      >
        <p>{w.removeText}</p>
      </Confirm>
    </>
  );
};

/** Officer roles: who has which, and what awaits a second administrator. */
export const GrantTable = () => {
  const { w } = useAreaWords(adminWords);
  const { t } = useWords();
  const query = useRead(listGrants);
  const nameOf = (row: RoleGrant): string => t[`role.${row.role}`];
  const columns: readonly Column<RoleGrant>[] = [
    { key: 'role', head: w.role, cell: nameOf, text: nameOf },
    {
      ...{ key: 'user', head: w.userId },
      cell: (row) => <ShortId id={row.userId} />,
      text: (row) => row.userId,
    },
    {
      ...{ key: 'status', head: w.status },
      cell: (row) => <Tag tone={TONES[row.status]}>{w[`grant.${row.status}`]}</Tag>,
      text: (row) => row.status,
    },
    {
      ...{ key: 'at', head: w.requested },
      cell: (row) => <At instant={row.requestedAt} />,
      text: (row) => row.requestedAt,
    },
    { key: 'act', head: w.act, cell: (row) => <GrantActs grant={row} />, text: () => '' },
  ];
  return (
    <>
      <p className="hint">{w.grantsNote}</p>
      <Load query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <p>{w.grantsEmpty}</p>
          ) : (
            <Table
              caption={w.grants}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.id}
              fileName="jishi-role-grants"
            />
          )
        }
      </Load>
    </>
  );
};
