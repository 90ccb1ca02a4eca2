import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { settledParts, TERM_PARTS } from '@jishi/contracts/market/term-changes';
import type { ReactNode } from 'react';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { namesOf } from '../intention.ts';
import { isSaid, partText } from '../names.ts';
import { dealsWords } from '../words.ts';

/** What is on the table: each part with ✓ when both sides' last offers say the same, else ○. */
export const TermsView = ({ room }: { room: NegotiationView }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const { agreedTerms, openOffer } = room;
  const terms = agreedTerms ?? openOffer?.terms ?? null;
  const title = agreedTerms ? w.agreedTerms : w.currentTerms;
  if (terms === null) {
    return (
      <Section title={title}>
        <p className="hint">{w.noTerms}</p>
      </Section>
    );
  }
  const settled = settledParts(room.log);
  const naming = { language, w, names: namesOf(room) };
  const until = openOffer?.expiresOn;
  return (
    <Section
      title={title}
      aside={agreedTerms ? null : until ? fill(w.untilDay, { day: until }) : w.noDeadline}
    >
      <dl className="terms">
        {TERM_PARTS.filter((part) => isSaid(terms, part)).map((part) => {
          const isSettled = agreedTerms !== null || settled.has(part);
          return (
            <div key={part} className={isSettled ? 'term is-settled' : 'term'}>
              <dt>
                <span aria-hidden="true">{isSettled ? '✓ ' : '○ '}</span>
                {w[`part.${part}`]}
                <span className="visually-hidden"> {isSettled ? w.settled : w.notSettled}</span>
              </dt>
              <dd>{partText(terms, part, naming)}</dd>
            </div>
          );
        })}
      </dl>
      {agreedTerms ? null : <p className="hint">{w.settledHint}</p>}
    </Section>
  );
};
