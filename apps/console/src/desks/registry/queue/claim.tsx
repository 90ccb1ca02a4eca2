import type { CaseClaim } from '@jishi/contracts/ledger/registry';
import { claimRegistration, releaseRegistration } from '@jishi/contracts/ledger/registry-endpoints';
import { v7 as uuidv7 } from 'uuid';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { useSay } from '../../../kit/said.tsx';
import { useWho } from '../../../session/who.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { registryWords } from '../words.ts';

/** Takes a case or puts it back; a claim is a word to colleagues and locks nobody out. */
export const useClaim = (contractId: string) => {
  const { w } = useAreaWords(registryWords);
  const say = useSay();
  const take = useAct(claimRegistration, () => say(w.claimed));
  const put = useAct(releaseRegistration, () => say(w.released));
  // Without effect when repeated, so each press may have an id of its own.
  const call = () => ({ params: { contractId }, body: { commandId: uuidv7() } });
  return {
    busy: take.isPending || put.isPending,
    trouble: useTrouble(take.error ? take : put),
    claim: () => take.mutate(call()),
    release: () => put.mutate(call()),
  };
};

/** «我», or the last of the colleague's pseudonym: the ledger knows no names. */
export const Holder = ({ claim }: { claim: CaseClaim }) => {
  const { w } = useAreaWords(registryWords);
  if (claim.mine) return <span>{w.me}</span>;
  return (
    <span className="nowrap" title={claim.userId}>
      {fill(w.colleague, { id: claim.userId.slice(-4) })}
    </span>
  );
};

export const ClaimCell = (props: { contractId: string; claim: CaseClaim | null }) => {
  const { w } = useAreaWords(registryWords);
  const { busy, trouble, claim, release } = useClaim(props.contractId);
  const known = useWho();
  const isSenior = known.state === 'person' && known.me.roles.includes('senior-registrar');
  const held = props.claim;
  return (
    <span className="claim">
      {held ? <Holder claim={held} /> : null}
      {held === null || held.mine || isSenior ? (
        <button type="button" className="quiet" disabled={busy} onClick={held ? release : claim}>
          {held ? w.release : w.claim}
        </button>
      ) : null}
      {trouble ? <span role="alert">{trouble.title ?? w.notDone}</span> : null}
    </span>
  );
};
