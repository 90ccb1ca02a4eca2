import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { ATTACHMENT_KINDS } from '@jishi/contracts/ledger/registration-form';
import {
  type ContractFile,
  type ContractPapers,
  readContractFile,
  readContractPapers,
} from '@jishi/contracts/market/files';
import { useState } from 'react';
import { download } from '../../../api/download.ts';
import { useRead } from '../../../api/queries.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { nameIn } from '../names.ts';
import { registryWords } from '../words.ts';

const KIB = 1024;
const sizeText = (bytes: number): string =>
  bytes < KIB * KIB
    ? `${Math.max(1, Math.round(bytes / KIB))} KB`
    : `${(bytes / KIB / KIB).toFixed(1)} MB`;

const FileLine = (props: { file: ContractFile; contractId: string }) => {
  const { w, language } = useAreaWords(registryWords);
  const [failed, setFailed] = useState(false);
  const { file, contractId } = props;
  const take = async (): Promise<void> => {
    const params = { contractId, fileId: file.fileId };
    setFailed(!(await download(readContractFile, { params }, file.name)));
  };
  return (
    <li>
      <span className="paper-kind">{nameIn(ATTACHMENT_KINDS, file.kind, language)}</span>
      <button type="button" className="quiet" onClick={() => void take()}>
        {fill(w.download, { name: file.name })}
      </button>
      <span className="hint">{sizeText(file.size)}</span>
      {file.submitted ? null : <Tag tone="warn">{w.addedLater}</Tag>}
      {failed ? (
        <span role="alert" className="field-error">
          {w.downloadFailed}
        </span>
      ) : null}
    </li>
  );
};

const Files = (props: { papers: ContractPapers; files: readonly ContractFile[] }) => {
  const { w } = useAreaWords(registryWords);
  const { papers, files } = props;
  if (files.length === 0) return <p className="hint">{w.noAttachments}</p>;
  return (
    <ul className="papers">
      {files.map((file) => (
        <FileLine key={file.fileId} file={file} contractId={papers.contractId} />
      ))}
    </ul>
  );
};

const Papers = (props: { papers: ContractPapers; of: RegistrationView }) => {
  const { w } = useAreaWords(registryWords);
  const { papers, of } = props;
  const same = papers.contractTextHash === of.private.contractTextHash;
  const files = papers.files.filter((file) => file.kind !== 'receipt-evidence' && file.submitted);
  return (
    <>
      <Files papers={papers} files={files} />
      <p className={same ? 'paper-same' : 'paper-other'}>{same ? w.textSame : w.textOther}</p>
      <ul className="papers">
        {papers.signatures.map((signature) => (
          <li key={signature.side}>
            {fill(w.signedBy, { party: w[signature.side] })} <At instant={signature.signedAt} />
          </li>
        ))}
      </ul>
      <details>
        <summary>{w.contractText}</summary>
        <pre className="contract-text">{papers.text}</pre>
      </details>
    </>
  );
};

/** Papers that the registrant added since the last submission are shown, and said to be so. */
const PaperPapers = ({ papers }: { papers: ContractPapers }) => {
  const { w } = useAreaWords(registryWords);
  const files = papers.files.filter((file) => file.kind !== 'receipt-evidence');
  return (
    <>
      <p className="hint">{w.paperSigned}</p>
      <Files papers={papers} files={files} />
    </>
  );
};

const Recorded = ({ of }: { of: RegistrationView }) => {
  const { w, language } = useAreaWords(registryWords);
  return (
    <>
      <p className="hint">{w.papersElsewhere}</p>
      <ul className="papers">
        {of.private.attachments.map((one) => (
          <li key={`${one.kind} ${one.sha256}`}>
            <span className="paper-kind">{nameIn(ATTACHMENT_KINDS, one.kind, language)}</span>
            <Hash hex={one.sha256} />
          </li>
        ))}
      </ul>
    </>
  );
};

/** Text, signatures and files, as the market keeps them; the ledger keeps their hashes. */
export const PapersSection = ({ of }: { of: RegistrationView }) => {
  const { w } = useAreaWords(registryWords);
  const query = useRead(readContractPapers, { params: { contractId: of.contractId } });
  const { contractTextHash } = of.private;
  return (
    <Section title={w.papers}>
      <div data-field="private.attachments">
        <Load query={query}>
          {(papers) =>
            papers.source === 'market' ? (
              <Papers papers={papers} of={of} />
            ) : papers.source === 'paper' ? (
              <PaperPapers papers={papers} />
            ) : (
              <Recorded of={of} />
            )
          }
        </Load>
      </div>
      <p className="hint" data-field="private.contractTextHash">
        {w.textHash} <Hash hex={contractTextHash} />
      </p>
    </Section>
  );
};
