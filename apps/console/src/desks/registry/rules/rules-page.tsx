import type { SourceStatus } from '@jishi/contracts/ledger/registration';
import type { RegistrationReason } from '@jishi/contracts/ledger/registration-rules';
import { readRegistrationReasons } from '@jishi/contracts/ledger/registry-endpoints';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/queries.ts';
import { districtFullName } from '../../../format/names.ts';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { Amount } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, type Language } from '../../../words/words.tsx';
import '../registry.css';
import { sourceTone } from '../names.ts';
import { today } from '../today.ts';
import { type Regime, type Rules, regimeOn, useRules } from '../use-rules.ts';
import { type BookWords, bookWords, registryWords } from '../words.ts';

interface RuleLine {
  readonly key: string;
  readonly what: string;
  readonly value: ReactNode;
  readonly text: string;
  readonly status: SourceStatus;
  readonly source: string;
}

const Status = ({ status }: { status: SourceStatus }) => {
  const { w } = useAreaWords(registryWords);
  return <Tag tone={sourceTone(status)}>{w[status]}</Tag>;
};

const columnsOf = (w: BookWords): readonly Column<RuleLine>[] => [
  { key: 'what', head: w.rule, cell: (row) => row.what, text: (row) => row.what },
  { key: 'value', head: w.value, cell: (row) => row.value, text: (row) => row.text },
  {
    key: 'status',
    head: w.sourceStatus,
    cell: (row) => <Status status={row.status} />,
    text: (row) => row.status,
  },
  { key: 'source', head: w.source, cell: (row) => row.source, text: (row) => row.source },
];

type Sourced = { readonly status: SourceStatus; readonly source: string };
const line = (
  key: string,
  what: string,
  value: ReactNode,
  { status, source }: Sourced,
): RuleLine => ({
  key,
  what,
  value,
  text: typeof value === 'string' ? value : '',
  status,
  source,
});

const regimeLines = (regime: Regime, w: BookWords): readonly RuleLine[] => {
  const limit = (of: Regime['reviewLimit']) =>
    fill(w.limit, { n: of.value.days, unit: w[`unit.${of.value.unit}`] });
  const { secondReview } = regime;
  const threshold = (
    <span>
      {w[`amount.${secondReview.value.amount}`]} ≥ <Amount fen={secondReview.value.fromFen} />
    </span>
  );
  return [
    line('inForce', w.ruleText, w[`text.${regime.inForce.value}`], regime.inForce),
    line('limit', w.reviewLimit, limit(regime.reviewLimit), regime.reviewLimit),
    line('large', w.reviewLimitLarge, limit(regime.reviewLimitLarge), regime.reviewLimitLarge),
    line('second', w.secondReview, threshold, secondReview),
    line('supplement', w.supplement, w[`supplement.${regime.supplement.value}`], regime.supplement),
    line('import', w.importRegistrant, w.domesticBuyer, regime.importRegistrant),
  ];
};

const RegimeSection = (props: { regime: Regime; now: boolean }) => {
  const { w, language } = useAreaWords(bookWords);
  const { regime, now } = props;
  return (
    <Section
      title={regime[language]}
      aside={
        <span className="tags">
          {now ? <Tag tone="info">{w.inForceToday}</Tag> : null}
          {regime.inForce.value === 'title and draft' ? <Tag tone="warn">{w.titleOnly}</Tag> : null}
        </span>
      }
    >
      <p className="hint">
        {regime.to === null
          ? fill(w.inForceSince, { from: regime.from })
          : fill(w.inForceFrom, { from: regime.from, to: regime.to })}
      </p>
      <Table
        caption={regime[language]}
        columns={columnsOf(w)}
        rows={regimeLines(regime, w)}
        rowKey={(row) => row.key}
      />
    </Section>
  );
};

const generalLines = (rules: Rules, w: BookWords): readonly RuleLine[] => {
  const { list, split, proposalDays, regimeDate } = rules;
  const sides = (
    <span>
      {w.contractValue} ≥ <Amount fen={list.value.fromFen} />
    </span>
  );
  const days = (n: number) => fill(w.days, { n });
  const size = fill(w.listSize, {
    n: list.value.contractsMax,
    days: list.value.printableAfterWorkingDays,
  });
  return [
    line('regime-date', w.regimeDate, w[`regimeDate.${regimeDate.value}`], regimeDate),
    line('split', w.splitRule, days(split.value.days), split),
    line('proposal', w.proposalRule, days(proposalDays.value), proposalDays),
    line('sides', w.listSides, sides, list),
    line('size', w.listPrint, size, list),
  ];
};

const Points = ({ rules }: { rules: Rules }) => {
  const { w, language } = useAreaWords(bookWords);
  type Point = Rules['points'][number];
  const districts = (point: Point) =>
    point.districts.map((code) => districtFullName(code, language)).join(w.listComma);
  const columns: readonly Column<Point>[] = [
    { key: 'name', head: w.point, cell: (row) => row[language], text: (row) => row[language] },
    {
      key: 'code',
      head: w.pointCode,
      cell: (row) => <span className="mono">{row.code}</span>,
      text: (row) => row.code,
    },
    { key: 'districts', head: w.district, cell: districts, text: districts },
    {
      key: 'status',
      head: w.sourceStatus,
      cell: (row) => <Status status={row.status} />,
      text: (row) => row.status,
    },
  ];
  return (
    <Section title={w.points}>
      <p>{w.numberFormat}</p>
      <p className="mono number-format">{w.numberParts}</p>
      <Table caption={w.points} columns={columns} rows={rules.points} rowKey={(row) => row.code} />
    </Section>
  );
};

const reasonColumns = (w: BookWords, language: Language): readonly Column<RegistrationReason>[] => [
  { key: 'text', head: w.reason, cell: (row) => row[language], text: (row) => row[language] },
  {
    key: 'acts',
    head: w.reasonFor,
    cell: (row) => row.acts.map((act) => w[`for.${act}`]).join(w.listComma),
    text: (row) => row.acts.map((act) => w[`for.${act}`]).join(w.listComma),
  },
  {
    key: 'status',
    head: w.sourceStatus,
    cell: (row) => <Status status={row.status} />,
    text: (row) => row.status,
  },
  { key: 'source', head: w.source, cell: (row) => row.source, text: (row) => row.source },
];

const Reasons = () => {
  const { w, language } = useAreaWords(bookWords);
  const query = useRead(readRegistrationReasons);
  return (
    <Section title={w.reasonsList}>
      <Load query={query}>
        {({ items }) => (
          <Table
            caption={w.reasonsList}
            columns={reasonColumns(w, language)}
            rows={items}
            rowKey={(row) => row.code}
          />
        )}
      </Load>
    </Section>
  );
};

/** The rules by which contracts are registered: dated, each value with its source and standing. */
export const RulesPage = () => {
  const { w } = useAreaWords(bookWords);
  const query = useRules();
  return (
    <>
      <PageHead title={w.rules} note={w.rulesNote} ready={query.data !== undefined} />
      <Load query={query}>
        {(rules) => (
          <>
            {[...rules.regimes].reverse().map((regime) => (
              <RegimeSection
                key={regime.key}
                regime={regime}
                now={regimeOn(rules, today())?.key === regime.key}
              />
            ))}
            <Section title={w.generalRules}>
              <Table
                caption={w.generalRules}
                columns={columnsOf(w)}
                rows={generalLines(rules, w)}
                rowKey={(row) => row.key}
              />
            </Section>
            <Points rules={rules} />
          </>
        )}
      </Load>
      <Reasons />
    </>
  );
};
