import { TroubleNotice } from '../../../kit/states.tsx';
import { At } from '../../../kit/values.tsx';
import { useTradeWords } from '../use-words.ts';
import type { SaveState } from './use-autosave.ts';

/** 「已保存 14:32」, or what was not done and what is safe. */
export const SaveLine = (props: {
  state: SaveState;
  onRetry: () => void;
  onKeepMine: () => void;
}) => {
  const { w } = useTradeWords();
  const { state } = props;
  if (state.kind === 'conflict') {
    return (
      <div role="alert" className="trouble">
        <p>{w.draftConflict}</p>
        <p className="page-actions">
          <button type="button" className="outlined" onClick={() => window.location.reload()}>
            {w.readTheirs}
          </button>
          <button type="button" className="outlined" onClick={props.onKeepMine}>
            {w.keepMine}
          </button>
        </p>
      </div>
    );
  }
  if (state.kind === 'failed') {
    return (
      <>
        <p className="hint">{w.notSaved}</p>
        <TroubleNotice trouble={state.trouble} onRetry={props.onRetry} />
      </>
    );
  }
  return (
    <p className="save-line" role="status">
      {state.kind === 'saving' ? (
        w.saving
      ) : state.at ? (
        <>
          {w.savedAt} <At instant={state.at} />
        </>
      ) : (
        w.savesItself
      )}
    </p>
  );
};
