import { readOrganisation } from '@jishi/contracts/market/accounts';
import {
  type AdministeredOrganisation,
  listOrganisationChecks,
  listOrganisations,
  type OrganisationCheck,
} from '@jishi/contracts/market/administration';
import { useRead } from '../../../api/queries.ts';
import { regionName } from '../../../format/names.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Columns, Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, Copyable, ShortId } from '../../../kit/values.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import { CheckActs } from './check-acts.tsx';
import { MemberTable } from './member-table.tsx';
import { CheckTag } from './organisations-page.tsx';
import { adminWords } from './words.ts';

const Checks = ({ organisationId }: { organisationId: string }) => {
  const { w } = useAreaWords(adminWords);
  const query = useRead(listOrganisationChecks, { params: { organisationId } });
  const outcome = (row: OrganisationCheck): string =>
    row.outcome === 'verified' ? w.outcomeVerified : w.outcomeRefused;
  const columns: readonly Column<OrganisationCheck>[] = [
    {
      ...{ key: 'outcome', head: w.outcome },
      cell: (row) => <Tag tone={row.outcome === 'verified' ? 'ok' : 'bad'}>{outcome(row)}</Tag>,
      text: outcome,
    },
    {
      ...{ key: 'evidence', head: w.evidence },
      cell: (row) => w[`evidence.${row.evidence}`],
      text: (row) => row.evidence,
    },
    { key: 'note', head: w.note, cell: (row) => row.note, text: (row) => row.note },
    {
      ...{ key: 'by', head: w.by },
      cell: (row) => <ShortId id={row.checkedBy} />,
      text: (row) => row.checkedBy,
    },
    {
      ...{ key: 'at', head: w.at },
      cell: (row) => <At instant={row.checkedAt} />,
      text: (row) => row.checkedAt,
    },
  ];
  return (
    <Load query={query}>
      {(data) =>
        data.items.length === 0 ? (
          <p>{w.checksNone}</p>
        ) : (
          <Table
            caption={w.checks}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.checkId}
          />
        )
      }
    </Load>
  );
};

const Shown = ({ organisation }: { organisation: AdministeredOrganisation }) => {
  const { w, language } = useAreaWords(adminWords);
  const { t } = useWords();
  const { id, name, uscc, country, district, partyId, kind, verified } = organisation;
  return (
    <>
      <PageHead
        title={name}
        note={
          <>
            <CheckTag organisation={organisation} /> {verified ? w.consequenceGone : w.consequence}
          </>
        }
        actions={kind === 'office' ? null : <CheckActs organisation={organisation} />}
        ready
      />
      <Columns
        main={
          <>
            <Section title={w.checks}>
              <Checks organisationId={id} />
            </Section>
            <Section title={w.membersTitle}>
              <MemberTable organisationId={id} mayAct />
            </Section>
          </>
        }
        side={
          <Section title={w.facts}>
            <Facts
              items={[
                ...(uscc ? [[w.code, <Copyable key="uscc" text={uscc} />] as const] : []),
                ...(country ? [[w.country, country] as const] : []),
                [w.kind, w[`kind.${kind}`]],
                [w.district, regionName(district, language, t)],
                ...(partyId ? [[w.party, <ShortId key="party" id={partyId} />] as const] : []),
                ...(organisation.demo ? [[w.demo, w.yes] as const] : []),
                [w.signedUp, <At key="at" instant={organisation.createdAt} />],
              ]}
            />
          </Section>
        }
      />
    </>
  );
};

/** One organisation: what it says of itself, who has looked, and the members. */
export const OrganisationPage = ({ values }: PageProps) => {
  const organisationId = values.organisationId ?? '';
  const own = useRead(readOrganisation, { params: { organisationId } });
  const q = own.data?.uscc ?? own.data?.name;
  const query = useRead(listOrganisations, { query: { q, limit: 200 } }, { when: q !== undefined });
  return (
    <Load query={own} whole>
      {() => (
        <Load query={query}>
          {(data) => {
            const organisation = data.items.find((item) => item.id === organisationId);
            return organisation ? <Shown organisation={organisation} /> : null;
          }}
        </Load>
      )}
    </Load>
  );
};
