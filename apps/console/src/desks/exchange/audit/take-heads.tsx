import { useState } from 'react';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { saveText } from '../../../kit/save-file.ts';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { saveKey, saveNote } from '../proof/head-files.ts';
import { latestHead } from '../proof/log-reader.ts';
import { allHeads } from './signed-heads.ts';
import { auditWords } from './words.ts';

/** What an export is compared with: heads and key, to keep beside it. */
export const TakeHeads = () => {
  const { w } = useAreaWords(auditWords);
  const { t } = useWords();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const taking = async (take: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await take().catch(() => say(t.exportFailed));
    setBusy(false);
  };
  const takeLatest = () =>
    taking(async () => {
      const { note, size } = await latestHead();
      saveNote(note, size);
      say(fill(w.headTaken, { size }));
    });
  const takeKey = () => taking(async () => saveKey((await latestHead()).verifierKey));
  const takeAll = () =>
    taking(async () => {
      const heads = await allHeads();
      const text = heads.map((head) => `${JSON.stringify(head)}\n`).join('');
      saveText('jishi-signed-heads.ndjson', text, 'application/x-ndjson');
      say(fill(w.headsTaken, { n: heads.length }));
    });
  return (
    <Section title={w.heads} aside={<Link to="/verify">{w.toLog}</Link>}>
      <p>{w.headsNote}</p>
      <p className="form-actions">
        <BusyButton busy={busy} look="outlined" onClick={() => void takeLatest()}>
          {w.takeLatest}
        </BusyButton>
        <BusyButton busy={busy} look="outlined" onClick={() => void takeAll()}>
          {w.takeAll}
        </BusyButton>
        <BusyButton busy={busy} look="outlined" onClick={() => void takeKey()}>
          {w.takeKey}
        </BusyButton>
      </p>
    </Section>
  );
};
