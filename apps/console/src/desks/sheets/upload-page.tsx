import { urlOf } from '@jishi/contracts/client';
import type { ImportKind } from '@jishi/contracts/market/import';
import { downloadTemplate, uploadSheet } from '@jishi/contracts/market/import-endpoints';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../api/queries.ts';
import { Choices } from '../../kit/choices.tsx';
import { PageHead, Section } from '../../kit/page.tsx';
import { useSay } from '../../kit/said.tsx';
import { TroubleNotice } from '../../kit/states.tsx';
import { go, Link, useParameter } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { ImportSteps } from './import-steps.tsx';
import { OnComputer } from './on-computer.tsx';
import { placeOf } from './whereabouts.ts';
import { sheetWords } from './words.ts';

const LONG_MS = 10_000;

/** What is going on while a file is read; after ten seconds it says why it takes so long. */
const Reading = (props: { name: string }) => {
  const { w } = useAreaWords(sheetWords);
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), LONG_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <p role="status">
      {fill(w.reading, { name: props.name })}
      {long ? ` ${w.readingLong}` : ''}
    </p>
  );
};

const useUpload = (kind: ImportKind) => {
  const { w } = useAreaWords(sheetWords);
  const say = useSay();
  const [name, setName] = useState('');
  const asked = useRef('');
  const act = useAct(uploadSheet, (answer) => {
    if (answer.importId !== asked.current) say(w.knownFile);
    const isReady = answer.headingFound && answer.missing.length === 0;
    go(placeOf(answer) + (isReady ? '' : '?step=columns'));
  });
  const send = (file: File | undefined): void => {
    if (!file || act.isPending) return;
    asked.current = uuidv7();
    setName(file.name);
    act.mutate({ query: { importId: asked.current, kind, name: file.name }, bytes: file });
  };
  return { act, name, send };
};

const DropPlace = (props: { kind: ImportKind }) => {
  const { w } = useAreaWords(sheetWords);
  const { act, name, send } = useUpload(props.kind);
  const trouble = useTrouble(act);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files[0]);
  };
  return (
    <>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same. */}
      <div
        className={over ? 'sheets-drop is-over' : 'sheets-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{w.dropHere}</p>
        <button
          type="button"
          className="primary"
          aria-busy={act.isPending}
          onClick={() => input.current?.click()}
        >
          {w.chooseFile}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.csv,.txt"
          aria-label={w.chooseFile}
          onChange={(event) => {
            send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <p className="hint">{w.fileLimits}</p>
        {act.isPending ? <Reading name={name} /> : null}
      </div>
    </>
  );
};

const Templates = (props: { kind: ImportKind }) => {
  const { w } = useAreaWords(sheetWords);
  const params = { kind: props.kind };
  return (
    <p className="sheets-templates">
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} href={urlOf('', downloadTemplate, { params, query: { format } })} download>
          {format === 'xlsx' ? w.templateXlsx : w.templateCsv}
        </a>
      ))}
    </p>
  );
};

export const UploadPage = () => {
  const { w } = useAreaWords(sheetWords);
  const [chosen] = useParameter('kind');
  const kind: ImportKind = chosen === 'contracts' ? 'contracts' : 'listings';
  return (
    <>
      <PageHead
        title={w.importTitle}
        note={w.importNote}
        actions={
          <Link className="outlined" to="/desk/imports">
            {w.pastImports}
          </Link>
        }
      />
      <OnComputer>
        <ImportSteps now={0} />
        <Choices
          label={w.kind}
          parameter="kind"
          choices={[
            { value: null, label: w['kind.listings'] },
            { value: 'contracts', label: w['kind.contracts'] },
          ]}
        />
        <Section title={w[`kind.${kind}`]} aside={<Templates kind={kind} />}>
          <p>{kind === 'listings' ? w.kindNoteListings : w.kindNoteContracts}</p>
          <DropPlace kind={kind} />
        </Section>
      </OnComputer>
    </>
  );
};
