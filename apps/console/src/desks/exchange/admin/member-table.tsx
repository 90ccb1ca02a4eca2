import { decideMember, listMembers, type Member } from '@jishi/contracts/market/accounts';
import { TRADING_ROLES, type TradingRole } from '@jishi/contracts/roles';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { ChoiceField } from '../../../kit/fields.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load, TroubleNotice } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { adminWords } from './words.ts';

const isTrading = (role: string): role is TradingRole => TRADING_ROLES.some((one) => one === role);

const Roles = (props: {
  member: Member;
  organisationId: string;
  decision: 'approve' | 'set-roles';
  onClose: () => void;
  open: boolean;
}) => {
  const { w } = useAreaWords(adminWords);
  const { t } = useWords();
  const say = useSay();
  const { member, organisationId, decision } = props;
  const form = useForm({ defaultValues: { roles: member.roles.filter(isTrading) } });
  const act = useAct(decideMember, () => {
    say(fill(w.memberSaid, { name: member.name }));
    props.onClose();
  });
  const trouble = useTrouble(act);
  return (
    <Confirm
      open={props.open}
      onClose={props.onClose}
      title={fill(w.rolesTitle, { name: member.name })}
      act={decision === 'approve' ? w.approve : w.save}
      busy={act.isPending}
      trouble={trouble}
      onAct={form.handleSubmit(({ roles }) =>
        act.mutate({
          params: { organisationId, membershipId: member.membershipId },
          body: { decision, roles },
        }),
      )}
    >
      <ChoiceField
        control={form.control}
        name="roles"
        label={w.roles}
        many
        options={TRADING_ROLES.map((value) => ({ value, label: t[`role.${value}`] }))}
      />
    </Confirm>
  );
};

const MemberActs = (props: { member: Member; organisationId: string }) => {
  const { w } = useAreaWords(adminWords);
  const say = useSay();
  const { member, organisationId } = props;
  const [open, setOpen] = useState<'roles' | 'end' | null>(null);
  const end = useAct(decideMember, () => {
    say(fill(w.memberSaid, { name: member.name }));
    setOpen(null);
  });
  const trouble = useTrouble(end);
  const isPending = member.status === 'pending';
  return (
    <>
      <BusyButton busy={false} look="outlined" onClick={() => setOpen('roles')}>
        {isPending ? w.approve : w.setRoles}
      </BusyButton>
      <button type="button" className="quiet" onClick={() => setOpen('end')}>
        {w.end}
      </button>
      <Roles
        member={member}
        organisationId={organisationId}
        decision={isPending ? 'approve' : 'set-roles'}
        open={open === 'roles'}
        onClose={() => setOpen(null)}
      />
      <Confirm
        open={open === 'end'}
        onClose={() => setOpen(null)}
        title={fill(w.endTitle, { name: member.name })}
        act={w.end}
        busy={end.isPending}
        trouble={trouble}
        onAct={() =>
          end.mutate({
            params: { organisationId, membershipId: member.membershipId },
            body: { decision: 'end' },
          })
        }
      >
        <p>{w.endText}</p>
      </Confirm>
    </>
  );
};

/** Members and applications; whoever manages them approves, sets roles, ends. */
export const MemberTable = (props: { organisationId: string; mayAct: boolean }) => {
  const { w } = useAreaWords(adminWords);
  const { t } = useWords();
  const { organisationId, mayAct } = props;
  const query = useRead(listMembers, { params: { organisationId } });
  const trouble = useTrouble(query);
  const rolesOf = (row: Member): string => row.roles.map((role) => t[`role.${role}`]).join('、');
  const columns: readonly Column<Member>[] = [
    { key: 'name', head: w.person, cell: (row) => row.name, text: (row) => row.name },
    { key: 'email', head: w.email, cell: (row) => row.email, text: (row) => row.email },
    { key: 'roles', head: w.roles, cell: rolesOf, text: rolesOf },
    {
      ...{ key: 'status', head: w.status },
      cell: (row) => (
        <>
          <Tag tone={row.status === 'active' ? 'ok' : 'warn'}>{w[`status.${row.status}`]}</Tag>
          {row.manages ? <Tag tone="plain">{w.manages}</Tag> : null}
          {row.suspended ? <Tag tone="bad">{w.suspended}</Tag> : null}
        </>
      ),
      text: (row) => row.status,
    },
    ...(mayAct
      ? [
          {
            ...{ key: 'act', head: w.act, text: () => '' },
            cell: (row: Member) => <MemberActs member={row} organisationId={organisationId} />,
          },
        ]
      : []),
  ];
  return (
    <>
      {trouble && query.data ? <TroubleNotice trouble={trouble} /> : null}
      <Load query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <p>{w.membersEmpty}</p>
          ) : (
            <Table
              caption={w.membersTitle}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.membershipId}
            />
          )
        }
      </Load>
    </>
  );
};
