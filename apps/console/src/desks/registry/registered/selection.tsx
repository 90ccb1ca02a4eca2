import type { RegisteredRow } from '@jishi/contracts/ledger/registry';
import { issueRegisteredList } from '@jishi/contracts/ledger/registry-endpoints';
import { useMemo } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { bookWords } from '../words.ts';
import { wrote } from '../written.ts';
import { cannotList, splitBySide } from './listable.ts';

/** What is chosen, whether it makes a list, and if not, what would. */
export const SelectionBar = (props: {
  chosen: readonly RegisteredRow[];
  onKeep: (rows: readonly RegisteredRow[]) => void;
}) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const { chosen, onKeep } = props;
  const key = chosen.map((row) => row.contractId).join(' ');
  // One list and one command for one selection: a second press makes no second list.
  const ids = useMemo(() => ({ for: key, listId: uuidv7(), commandId: uuidv7() }), [key]);
  const issue = useAct(issueRegisteredList, ({ listId, seq }) => {
    wrote(seq);
    say(fill(w.listMade, { n: chosen.length }));
    go(`/registry/lists/${listId}`);
  });
  const trouble = useTrouble(issue);
  const { below, over } = splitBySide(chosen);
  const why = cannotList(chosen);
  const make = (): void => {
    const contractIds = chosen.map((row) => row.contractId);
    issue.mutate({ body: { commandId: ids.commandId, listId: ids.listId, contractIds } });
  };
  return (
    <section className="selection" aria-label={w.selection}>
      <p>
        {fill(w.chosen, { n: chosen.length })}{' '}
        <button type="button" className="quiet" onClick={() => onKeep([])}>
          {w.chooseNone}
        </button>
      </p>
      {why === 'mixed' ? (
        <div role="alert" className="selection-why">
          <p>{fill(w.listMixed, { over: over.length, below: below.length })}</p>
          <button type="button" className="outlined" onClick={() => onKeep(below)}>
            {fill(w.keepBelow, { n: below.length })}
          </button>
          <button type="button" className="outlined" onClick={() => onKeep(over)}>
            {fill(w.keepOver, { n: over.length })}
          </button>
        </div>
      ) : null}
      {why === 'not-registered' ? (
        <div role="alert" className="selection-why">
          <p>{w.listNotRegistered}</p>
          <button
            type="button"
            className="outlined"
            onClick={() => onKeep(chosen.filter((row) => cannotList([row]) === null))}
          >
            {w.keepRegistered}
          </button>
        </div>
      ) : null}
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <BusyButton busy={issue.isPending} disabled={why !== null} onClick={make}>
        {fill(w.makeList, { n: chosen.length })}
      </BusyButton>
    </section>
  );
};
