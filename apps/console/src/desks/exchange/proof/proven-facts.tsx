import type { ReactNode } from 'react';
import { dayOf, minuteTime } from '../../../format/moment.ts';
import { Tag } from '../../../kit/marks.tsx';
import { Facts } from '../../../kit/page.tsx';
import { Amount, At, Copyable, Day, RegistrationNumber } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import type { Proven } from './disclosure-check.ts';
import { type KnownFacts, lastFacts } from './last-facts.ts';
import { proofWords } from './words.ts';

type Line = readonly [string, ReactNode];

const usePublicLines = (known: KnownFacts): readonly Line[] => {
  const { w } = useAreaWords(proofWords);
  const { number, registeredOn, signedOn, band } = known;
  const word = Object.entries(w).find(([key]) => key === `band.${band}`)?.[1];
  return [
    ...(number ? [[w.number, <RegistrationNumber key="n" number={number} />] as const] : []),
    ...(registeredOn ? [[w.registeredOn, <Day key="r" day={registeredOn} />] as const] : []),
    ...(signedOn ? [[w.signedOn, <Day key="s" day={signedOn} />] as const] : []),
    ...(word ? [[w.band, word] as const] : []),
  ];
};

const usePrivateLines = (known: KnownFacts): readonly Line[] => {
  const { w } = useAreaWords(proofWords);
  const amount = (fen: string | null) =>
    fen === null ? w.undisclosed : <Amount fen={fen} exact />;
  return [
    [w.name, known.title ?? w.undisclosed],
    [w.seller, known.seller ?? w.undisclosed],
    [w.buyer, known.buyer ?? w.undisclosed],
    [w.contractValue, amount(known.contractValueFen)],
    [w.technologyValue, amount(known.technologyValueFen)],
  ];
};

/** What a file proves that holds in every line: the contract as it last stood. */
export const ProvenFacts = (props: {
  proven: Proven;
  /** False when key or signature could not be judged here: then it is said before the facts. */
  isSure: boolean;
}) => {
  const { proven, isSure } = props;
  const { w } = useAreaWords(proofWords);
  const { contractId, head, events } = proven;
  const known = lastFacts(proven);
  const last = events.at(-1)?.envelope;
  const type = Object.entries(w).find(([key]) => key === `type.${last?.type}`)?.[1] ?? last?.type;
  const lines: readonly Line[] = [
    [w.contractId, <Copyable key="id" text={contractId} />],
    ...usePublicLines(known),
    ...usePrivateLines(known),
  ];
  const ms = Date.parse(head.recordedAt);
  const asOf = { size: head.size, time: `${dayOf(ms)} ${minuteTime(ms)}` };
  return (
    <div className="proven">
      <h3>{isSure ? w.fileProves : w.fileMaybe}</h3>
      {isSure ? null : (
        <p>
          <Tag tone="warn">{w.open}</Tag> {w.fileMaybeWhy}
        </p>
      )}
      <Facts
        items={[
          ...lines,
          [
            w.lastEvent,
            last ? (
              <span key="last">
                {type} · <At instant={last.recordedAt} />
              </span>
            ) : null,
          ],
        ]}
      />
      <p>
        {head.kind === 'synthetic' ? <Tag tone="warn">{w['kind.synthetic']}</Tag> : null}{' '}
        {fill(w.fileAsOf, asOf)} {w.fileMay}
      </p>
    </div>
  );
};
