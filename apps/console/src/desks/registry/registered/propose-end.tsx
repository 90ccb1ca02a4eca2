import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import { proposeChange } from '@jishi/contracts/ledger/registry-endpoints';
import { useMemo } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { useSay } from '../../../kit/said.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { Consequences } from '../changes/consequences.tsx';
import { ReasonForm } from '../review/reason-form.tsx';
import type { GivenReason } from '../review/reason-picker.tsx';
import { useReasons } from '../use-rules.ts';
import { bookWords } from '../words.ts';
import { wrote } from '../written.ts';

export type Ending = 'deregister' | 'revoke' | 'erase';

/** Proposes to end a registration or to erase its words: what follows is said first. */
export const ProposeEnd = (props: {
  view: RegistrationView;
  kind: Ending | null;
  onClose: () => void;
}) => {
  const { w } = useAreaWords(bookWords);
  const { view, kind, onClose } = props;
  return (
    <Dialog
      open={kind !== null}
      onClose={onClose}
      title={kind ? fill(w.proposeTitle, { kind: w[`kind.${kind}`] }) : ''}
    >
      {kind ? <EndForm view={view} kind={kind} onClose={onClose} /> : null}
    </Dialog>
  );
};

const EndForm = (props: { view: RegistrationView; kind: Ending; onClose: () => void }) => {
  const { w } = useAreaWords(bookWords);
  const say = useSay();
  const { view, kind, onClose } = props;
  const { contractId, version } = view;
  const ids = useMemo(() => ({ version, commandId: uuidv7(), changeId: uuidv7() }), [version]);
  const reasons = useReasons(kind);
  const propose = useAct(proposeChange, ({ seq }) => {
    wrote(seq);
    say(fill(w.proposed, { kind: w[`kind.${kind}`] }));
    onClose();
  });
  const trouble = useTrouble(propose);
  const give = (given: readonly GivenReason[]): void => {
    const { commandId, changeId } = ids;
    const body = { commandId, version, changeId, kind, reasons: [...given], amended: null };
    propose.mutate({ params: { contractId }, body });
  };
  return (
    <ReasonForm
      hint={w[`${kind}Hint`]}
      act={fill(w.proposeAct, { kind: w[`kind.${kind}`] })}
      busy={propose.isPending}
      {...{ reasons, trouble }}
      onGive={give}
      onCancel={onClose}
    >
      <Consequences of={view} kind={kind} amended={null} headed />
    </ReasonForm>
  );
};
