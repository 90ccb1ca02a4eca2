import { newId } from '@jishi/contracts/ids';
import type { ContractView, Declaration } from '@jishi/contracts/market/contract';
import { declareForContract, discardContract, signContract } from '@jishi/contracts/market/trade';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton, Confirm } from '../../../kit/dialog.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { At, Copyable } from '../../../kit/values.tsx';
import { go } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useIntention } from '../intention.ts';
import { type DealsWords, dealsWords } from '../words.ts';
import { DeclarationFields, UNDECLARED } from './declaration-fields.tsx';

interface SideProps {
  readonly contract: ContractView;
  /** The reader's side; null for the broker, who only reads. */
  readonly side: 'seller' | 'buyer' | null;
}

const DeclareForm = ({ contract }: { contract: ContractView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const { control, handleSubmit } = useForm<Declaration>({ defaultValues: UNDECLARED });
  const [commandId, next] = useIntention(newId);
  const act = useAct(declareForContract, () => {
    next();
    say(w.declaredSaid);
  });
  const trouble = useTrouble(act);
  const send = handleSubmit((declaration) =>
    act.mutate({
      params: { contractId: contract.contractId },
      body: { commandId, version: contract.version, declaration },
    }),
  );
  return (
    <form onSubmit={(event) => void send(event)}>
      <DeclarationFields control={control} nameOf={(part) => part} />
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <div className="form-actions">
        <BusyButton busy={act.isPending} submits>
          {w.declare}
        </BusyButton>
      </div>
    </form>
  );
};

const declarationText = (declaration: Declaration | null, w: DealsWords): string => {
  if (declaration === null) return w.notDeclared;
  const parts = ['relatedParty', 'subcontract', 'publishValue'] as const;
  return parts.map((part) => `${w[part]}：${declaration[part] ? w.yes : w.no}`).join('；');
};

/** What each side states about itself; one's own is asked for when it is missing. */
export const DeclarationsSection = ({ contract, side }: SideProps): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { declarations, status } = contract;
  const asked = side !== null && status === 'drawn' && declarations[side] === null;
  return (
    <Section title={w.declarations} id="declarations">
      <Facts
        items={[
          [w['side.seller'], declarationText(declarations.seller, w)],
          [w['side.buyer'], declarationText(declarations.buyer, w)],
        ]}
      />
      {asked ? <DeclareForm contract={contract} /> : null}
    </Section>
  );
};

const SignButton = ({ contract }: { contract: ContractView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId, next] = useIntention(newId);
  const act = useAct(signContract, (after) => {
    next();
    setOpen(false);
    say(after.status === 'signed' ? w.signedBothSaid : w.signedSaid);
  });
  const trouble = useTrouble(act);
  const { contractTextHash } = contract;
  if (contractTextHash === null) return null;
  return (
    <>
      <button type="button" className="primary" onClick={() => setOpen(true)}>
        {w.sign}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.signTitle}
        act={w.sign}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { contractId: contract.contractId },
            body: { commandId, version: contract.version, contractTextHash },
          })
        }
      >
        <p>{w.signBody}</p>
        <p className="mono whole-hash">{contractTextHash}</p>
      </Confirm>
    </>
  );
};

const DiscardButton = ({ contract }: { contract: ContractView }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [commandId] = useIntention(newId);
  const act = useAct(discardContract, () => {
    say(w.discardSaid);
    go(`/desk/negotiations/${contract.negotiationId}`);
  });
  const trouble = useTrouble(act);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {w.discard}
      </button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={w.discardTitle}
        act={w.discard}
        busy={act.isPending}
        trouble={trouble}
        onAct={() =>
          act.mutate({
            params: { contractId: contract.contractId },
            body: { commandId, version: contract.version },
          })
        }
      >
        <p>{w.discardBody}</p>
      </Confirm>
    </>
  );
};

const signatureOf = (contract: ContractView, side: 'seller' | 'buyer') =>
  contract.signatures.find((signature) => signature.side === side);

/** The text as both sign it, its hash, and who has signed. */
export const TextSection = ({ contract, side }: SideProps): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { text, contractTextHash, status } = contract;
  const canSign = side !== null && status === 'drawn' && text && !signatureOf(contract, side);
  return (
    <Section title={w.text} id="text">
      {text === null ? (
        <p className="hint">{w.textLater}</p>
      ) : (
        <pre className="contract-text" lang="zh-CN">
          {text}
        </pre>
      )}
      <Facts
        items={[
          ...(contractTextHash
            ? [
                [
                  w.textHash,
                  <Copyable
                    key="hash"
                    text={contractTextHash}
                    shown={<span className="mono whole-hash">{contractTextHash}</span>}
                  />,
                ] as const,
              ]
            : []),
          ...(['seller', 'buyer'] as const).map((of) => {
            const signed = signatureOf(contract, of);
            return [
              w[`side.${of}`],
              signed ? <At key={of} instant={signed.signedAt} /> : w.notSigned,
            ] as const;
          }),
        ]}
      />
      <p className="hint">{w.signatureNote}</p>
      {side !== null && status === 'drawn' ? (
        <div className="form-actions">
          {canSign ? <SignButton contract={contract} /> : null}
          <DiscardButton contract={contract} />
        </div>
      ) : null}
    </Section>
  );
};
