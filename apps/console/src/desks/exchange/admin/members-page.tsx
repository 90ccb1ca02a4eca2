import { PageHead, Section } from '../../../kit/page.tsx';
import { Empty } from '../../../kit/states.tsx';
import { useWho } from '../../../session/who.ts';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { MemberTable } from './member-table.tsx';
import { adminWords } from './words.ts';

/** Who acts for my organisation, and who asks to. */
export const MembersPage = () => {
  const { w } = useAreaWords(adminWords);
  const known = useWho();
  if (known.state !== 'person') return <Skeleton />;
  const { membership } = known.me;
  if (!membership) {
    return (
      <>
        <PageHead title={w.membersOwn} />
        <Empty>{w.noOrganisation}</Empty>
      </>
    );
  }
  const { organisation, manages } = membership;
  return (
    <>
      <PageHead title={w.membersOwn} note={fill(w.membersNote, { name: organisation.name })} />
      {organisation.verified ? null : <p className="stale-line">{w.consequence}</p>}
      {manages ? null : <p className="hint">{w.onlyManagers}</p>}
      <Section title={w.membersTitle}>
        <MemberTable organisationId={organisation.id} mayAct={manages} />
      </Section>
    </>
  );
};
