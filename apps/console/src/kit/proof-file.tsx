import { readDisclosure } from '@jishi/contracts/ledger/proofs';
import { useState } from 'react';
import { download } from '../api/download.ts';
import { Link } from '../place.tsx';
import { useWords } from '../words/words.tsx';
import { useSay } from './said.tsx';

/** A contract as one file that a stranger can check, for whoever may see its private part. */
export const ProofFile = (props: { contractId: string; number?: string | null }) => {
  const { t } = useWords();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const { contractId, number } = props;
  const take = async (): Promise<void> => {
    setBusy(true);
    const name = `jishi-proof-${number ?? contractId}.json`;
    if (!(await download(readDisclosure, { params: { contractId } }, name))) say(t.proofFileFailed);
    setBusy(false);
  };
  return (
    <div className="proof-file">
      <button
        type="button"
        className="outlined"
        aria-busy={busy}
        onClick={busy ? undefined : () => void take()}
      >
        {t.proofFile}
      </button>
      <p className="hint">
        {t.proofFileNote} <Link to="/verify">{t.proofFileWhere}</Link>
      </p>
    </div>
  );
};
