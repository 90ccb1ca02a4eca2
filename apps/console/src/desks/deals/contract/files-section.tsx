import { newId } from '@jishi/contracts/ids';
import type { ContractView } from '@jishi/contracts/market/contract';
import {
  addContractFile,
  type ContractFile,
  FILE_BYTES_MAX,
  type FileKind,
  readContractFile,
  removeContractFile,
} from '@jishi/contracts/market/files';
import { type ReactNode, useId, useRef, useState } from 'react';
import { download } from '../../../api/download.ts';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { sizeText } from '../names.ts';
import { dealsWords } from '../words.ts';

const KINDS: readonly FileKind[] = [
  'ip-proof',
  'commitment',
  'authorisation',
  'approval',
  'broker-agreement',
  'contract-text',
  'other',
];
export const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.docx,.xlsx,.ofd';

/** A contract signed here, or one of paper. */
type Filed = Pick<ContractView, 'contractId' | 'you' | 'files' | 'missing'>;

/** The kind that is missed most is chosen already. */
const firstMissing = ({ missing }: Filed): FileKind => {
  const item = missing.find((m) => m.what === 'file');
  return item?.what === 'file' ? item.kind : 'other';
};

const UploadForm = ({ contract }: { contract: Filed }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<FileKind | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const kind = chosen ?? firstMissing(contract);
  const act = useAct(addContractFile, (made) => {
    say(fill(w.uploadedSaid, { name: made.name }));
    setFile(null);
    setChosen(null);
    if (input.current) input.current.value = '';
  });
  const trouble = useTrouble(act);
  const tooLarge = file !== null && file.size > FILE_BYTES_MAX;
  const send = (): void => {
    if (!file || tooLarge) return;
    act.mutate({
      params: { contractId: contract.contractId },
      query: { fileId: newId(), kind, name: file.name },
      bytes: file,
    });
  };
  return (
    <div className="upload">
      <div className="field">
        <label htmlFor={`${id}-kind`}>{w.fileKind}</label>
        <select
          id={`${id}-kind`}
          value={kind}
          onChange={(event) => setChosen(event.target.value as FileKind)}
        >
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {w[`kind.${value}`]}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-file`}>{w.chooseFile}</label>
        <input
          id={`${id}-file`}
          ref={input}
          type="file"
          accept={ACCEPTED}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <p id={`${id}-hint`} className="hint">
          {w.uploadHint}
        </p>
        {tooLarge ? (
          <p className="field-error" role="alert">
            {fill(w.fileTooLarge, { name: file.name })}
          </p>
        ) : null}
      </div>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <BusyButton
        busy={act.isPending}
        look="outlined"
        disabled={file === null || tooLarge}
        onClick={send}
      >
        {w.upload}
      </BusyButton>
    </div>
  );
};

const FileRow = (props: { file: ContractFile; contract: Filed }): ReactNode => {
  const { file, contract } = props;
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [failed, setFailed] = useState(false);
  const { contractId, you } = contract;
  const remove = useAct(removeContractFile, () => say(fill(w.removedSaid, { name: file.name })));
  const trouble = useTrouble(remove);
  const load = async (): Promise<void> => {
    const params = { contractId, fileId: file.fileId };
    setFailed(!(await download(readContractFile, { params }, file.name)));
  };
  return (
    <li className="file-row">
      <div>
        <strong>{file.name}</strong> <Tag tone="plain">{w[`kind.${file.kind}`]}</Tag>
        <p className="hint">
          {w[`side.${file.addedBy}`]} · <At instant={file.addedAt} /> · {sizeText(file.size)} ·{' '}
          {file.submitted ? w.fileSent : w.fileNotSent}
        </p>
        <p className="hint">
          {w.fileHash} <Hash hex={file.sha256} />
        </p>
        {failed ? (
          <p className="field-error" role="alert">
            {w.downloadFailed}
          </p>
        ) : null}
        {trouble ? <TroubleNotice trouble={trouble} /> : null}
      </div>
      <div className="file-acts">
        <button
          type="button"
          className="quiet"
          aria-label={fill(w.downloadName, { name: file.name })}
          onClick={() => void load()}
        >
          {w.download}
        </button>
        {file.addedBy === you && !file.submitted ? (
          <button
            type="button"
            className="quiet"
            aria-label={fill(w.removeName, { name: file.name })}
            onClick={() => remove.mutate({ params: { contractId, fileId: file.fileId } })}
          >
            {w.remove}
          </button>
        ) : null}
      </div>
    </li>
  );
};

/** What comes with the contract: brought by each side, sent with the next submission. */
export const FilesSection = (props: { contract: Filed; canAdd: boolean }): ReactNode => {
  const { contract, canAdd } = props;
  const { w } = useAreaWords(dealsWords);
  return (
    <Section title={w.files} id="files">
      {contract.files.length === 0 ? <p className="hint">{w.noFiles}</p> : null}
      <ul className="file-list">
        {contract.files.map((file) => (
          <FileRow key={file.fileId} file={file} contract={contract} />
        ))}
      </ul>
      {canAdd ? <UploadForm contract={contract} /> : null}
      <p className="hint">{w.notScanned}</p>
    </Section>
  );
};
