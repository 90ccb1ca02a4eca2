import type { ImportView, RunChoice } from '@jishi/contracts/market/import';
import { discardImport, runImport } from '@jishi/contracts/market/import-endpoints';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../api/queries.ts';
import { BusyButton, Confirm } from '../../kit/dialog.tsx';
import { useSay } from '../../kit/said.tsx';
import { TroubleNotice } from '../../kit/states.tsx';
import { go } from '../../place.tsx';
import { useAreaWords } from '../../words/area.ts';
import { fill } from '../../words/words.tsx';
import { placeOf } from './whereabouts.ts';
import { sheetWords } from './words.ts';

const ChoiceOfRows = (props: {
  view: ImportView;
  choice: RunChoice;
  onChange: (choice: RunChoice) => void;
}) => {
  const { w } = useAreaWords(sheetWords);
  const { clean } = props.view.counts;
  const labels = {
    'clean-only': fill(w.choiceClean, { n: clean }),
    'all-or-none': w.choiceAll,
  } as const;
  return (
    <fieldset className="choice-field">
      <legend>{w.choice}</legend>
      <div className="choice-list">
        {(['clean-only', 'all-or-none'] as const).map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="choice"
              checked={props.choice === choice}
              onChange={() => props.onChange(choice)}
            />
            {labels[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

const Discard = ({ view }: { view: ImportView }) => {
  const { w } = useAreaWords(sheetWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const act = useAct(discardImport, () => {
    say(w.discarded);
    go('/desk/imports');
  });
  const body = { version: view.version };
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {w.discard}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.discard}
        act={w.discard}
        onAct={() => act.mutate({ params: { importId: view.importId }, body })}
        busy={act.isPending}
        trouble={useTrouble(act)}
      >
        <p>{w.discardMore}</p>
      </Confirm>
    </>
  );
};

/** The choice and the button that names its number: nothing is written before it is pressed. */
export const ImportFooter = ({ view }: { view: ImportView }) => {
  const { w } = useAreaWords(sheetWords);
  const [choice, setChoice] = useState<RunChoice>('clean-only');
  const [runId, setRunId] = useState(() => uuidv7());
  const act = useAct(runImport, () => {
    setRunId(uuidv7());
    go(`${placeOf(view)}?step=done`);
  });
  const trouble = useTrouble(act);
  const { clean, wrong, duplicate } = view.counts;
  const left = wrong + duplicate;
  const isBlocked = clean === 0 || (choice === 'all-or-none' && left > 0);
  const params = { importId: view.importId };
  const body = { runId, version: view.version, choice, rows: clean };
  return (
    <section className="sheets-footer" aria-label={w.choice}>
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <div className="sheets-footer-row">
        <ChoiceOfRows view={view} choice={choice} onChange={setChoice} />
        <BusyButton
          busy={act.isPending}
          disabled={isBlocked}
          onClick={() => act.mutate({ params, body })}
        >
          {clean === 0 ? w.nothingToImport : fill(w.importNow, { n: clean })}
        </BusyButton>
        <Discard view={view} />
      </div>
      {choice === 'all-or-none' && left > 0 ? (
        <p className="hint">{fill(w.notYetClean, { n: left })}</p>
      ) : null}
    </section>
  );
};
