import type { AnswerOf } from '@jishi/contracts/endpoint';
import { exportLog, listLogExports } from '@jishi/contracts/ledger/log-desk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { download } from '../../../api/download.ts';
import { useRead } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, ShortId } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import '../exchange.css';
import { CheckSection } from './check-section.tsx';
import { linesOf } from './file-lines.ts';
import { TakeHeads } from './take-heads.tsx';
import { auditWords } from './words.ts';

type Export = AnswerOf<typeof listLogExports>['items'][number];

const ExportAct = () => {
  const { w } = useAreaWords(auditWords);
  const { t } = useWords();
  const say = useSay();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    // Who took the log is kept: once for each press.
    const file = await download(exportLog, {}, undefined, fetch);
    setBusy(false);
    if (!file) return setFailed(true);
    let n = 0;
    for await (const line of linesOf(file)) if (line) n += 1;
    say(fill(w.exported, { n }));
    await cache.invalidateQueries({ queryKey: ['ledger'] });
  };
  return (
    <>
      <BusyButton busy={busy} onClick={() => void run()}>
        {w.exportAct}
      </BusyButton>
      {failed ? <p role="alert">{t.loadFailed}</p> : null}
    </>
  );
};

const Exports = () => {
  const { w } = useAreaWords(auditWords);
  const query = useRead(listLogExports);
  const columns: readonly Column<Export>[] = [
    { key: 'at', head: w.at, cell: (row) => <At instant={row.at} />, text: (row) => row.at },
    { key: 'by', head: w.by, cell: (row) => <ShortId id={row.by} />, text: (row) => row.by },
    {
      ...{ key: 'range', head: w.range },
      cell: (row) => `#${row.after + 1} — #${row.upTo}`,
      text: (row) => `${row.after + 1}-${row.upTo}`,
    },
  ];
  return (
    <Load query={query}>
      {(data) =>
        data.items.length === 0 ? (
          <p>{w.exportsEmpty}</p>
        ) : (
          <Table
            caption={w.exports}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.exportId}
            fileName="jishi-log-exports"
          />
        )
      }
    </Load>
  );
};

/** The whole log away, and any exported file checked here. */
export const ExportPage = () => {
  const { w } = useAreaWords(auditWords);
  return (
    <>
      <PageHead title={w.exportTitle} note={w.exportNote} actions={<ExportAct />} />
      <TakeHeads />
      <CheckSection />
      <Section title={w.exports}>
        <Exports />
      </Section>
    </>
  );
};
