import type { ReturnReason } from '@jishi/contracts/market/listing';
import { RETURN_REASONS } from '@jishi/contracts/market/review-reasons';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

/** Why it came back, in the reviewer's reasons and words, above the form that answers them. */
export const ReturnedNotice = ({ reasons }: { reasons: readonly ReturnReason[] }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  if (reasons.length === 0) return null;
  return (
    <div className="returned" role="note">
      <p>
        <strong>{w.returnedWith}</strong>
      </p>
      <ul className="plain-list">
        {reasons.map((reason) => (
          <li key={reason.code}>
            {RETURN_REASONS[reason.code][language]}
            {reason.note ? `（${reason.note}）` : ''}
          </li>
        ))}
      </ul>
    </div>
  );
};
