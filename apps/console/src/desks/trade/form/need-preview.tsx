import type { Hint, ListingMatch } from '@jishi/contracts/market/matching';
import { Section } from '../../../kit/page.tsx';
import { Link } from '../../../place.tsx';
import { useWords } from '../../../words/words.tsx';
import { Chips, Tally } from '../matches/verdicts.tsx';
import { useTradeWords } from '../use-words.ts';
import { focusField } from './focus-field.ts';

const SHOWN = 5;

export const HintBox = (props: { hint: Hint; onAdd?: () => void; to?: string }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const { hint } = props;
  return (
    <div className="match-hint">
      <p>
        <strong>{w.oneMore}</strong>
      </p>
      <p>{hint[language]}</p>
      {props.to ? (
        <Link to={props.to}>{w.addIt}</Link>
      ) : (
        <button type="button" className="quiet" onClick={() => focusField(hint.field)}>
          {w.addIt}
        </button>
      )}
    </div>
  );
};

/** What would match if it were published as it is written now. */
export const NeedPreview = (props: {
  matches: readonly ListingMatch[] | undefined;
  hint: Hint | null;
  busy: boolean;
}) => {
  const { w } = useTradeWords();
  const { matches } = props;
  return (
    <Section title={w.matchesNow}>
      <div aria-live="polite" aria-busy={props.busy}>
        {matches === undefined ? (
          <p className="hint">{w.matchesWhileTyping}</p>
        ) : matches.length === 0 ? (
          <p>{w.noMatchesYet}</p>
        ) : (
          <ol className="preview-list">
            {matches.slice(0, SHOWN).map((match) => (
              <li key={match.listing.listingId}>
                <p className="preview-title">
                  <Link to={`/results/${match.listing.listingId}`}>
                    {match.listing.content.title}
                  </Link>
                </p>
                <Tally met={match.met} known={match.known} />
                <Chips criteria={match.criteria} />
              </li>
            ))}
          </ol>
        )}
      </div>
      {props.hint && matches !== undefined ? <HintBox hint={props.hint} /> : null}
    </Section>
  );
};
