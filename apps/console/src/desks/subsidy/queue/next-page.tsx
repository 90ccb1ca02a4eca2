import { addressWith, Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { subsidyWords } from '../words.ts';

/** On to what comes after the last row shown: the address carries where one is. */
export const NextPage = ({ next }: { next: string | null }) => {
  const { w } = useAreaWords(subsidyWords);
  const [after] = useParameter('after');
  if (!next && !after) return null;
  return (
    <p className="more tags">
      {after ? (
        <Link to={addressWith('after', null)} className="outlined">
          {w.firstPage}
        </Link>
      ) : null}
      {next ? (
        <Link to={addressWith('after', next)} className="outlined">
          {w.nextPage}
        </Link>
      ) : null}
    </p>
  );
};
