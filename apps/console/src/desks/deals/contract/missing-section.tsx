import type { MissingItem } from '@jishi/contracts/market/registration-papers';
import type { ReactNode } from 'react';
import { Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { dealsWords } from '../words.ts';

const Line = ({ item }: { item: MissingItem }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  switch (item.what) {
    case 'form':
      return <a href="#form">{fill(w.missingForm, { field: w[`form.${item.field}`] })}</a>;
    case 'price-notice':
      return (
        <>
          {w.missingNotice}
          <p className="hint">{item[language]}</p>
        </>
      );
    case 'file':
      return (
        <>
          <a href="#files">{w[`kind.${item.kind}`]}</a>
          {item.need === 'when-so' ? ` · ${w['need.when-so']}` : ''}
          <p className="hint">{item[language]}</p>
        </>
      );
  }
};

const keyOf = (item: MissingItem): string =>
  item.what === 'form' ? item.field : item.what === 'file' ? item.kind : item.what;

/** What the desk would ask for, said before it does; each line leads to where it is brought. */
export const MissingSection = (props: {
  missing: readonly MissingItem[];
  /** Who brings it when; without it, that of a contract to be signed here. */
  hint?: string;
}): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const { missing, hint } = props;
  if (missing.length === 0) {
    return (
      <Section title={w.missingTitle}>
        <p>
          <Tag tone="ok">{w.missingNone}</Tag>
        </p>
      </Section>
    );
  }
  return (
    <Section title={w.missingTitle} aside={fill(w.missingCount, { n: missing.length })}>
      <p className="hint">{hint ?? w.missingHint}</p>
      <ul className="missing-list">
        {missing.map((item) => (
          <li key={keyOf(item)}>
            <Line item={item} />
          </li>
        ))}
      </ul>
    </Section>
  );
};
