import { readContributions } from '@jishi/contracts/ledger/index-endpoints';
import type { PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import { useRead } from '../../../api/queries.ts';
import { monthBefore } from '../../../format/moment.ts';
import { Choices } from '../../../kit/choices.tsx';
import { Section } from '../../../kit/page.tsx';
import { WaterfallTable } from '../../../live/waterfall.tsx';
import { useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { useWords } from '../../../words/words.tsx';
import { deskWords } from './words.ts';

const PARTINGS = ['component', 'district', 'field', 'industry'] as const;

/** What moved the city since the month before, as of the head that would be published. */
export const PreviewContributions = ({ preview }: { preview: PublicationPreview }) => {
  const { w } = useAreaWords(deskWords);
  const { t } = useWords();
  const [asked] = useParameter('by');
  const by = PARTINGS.find((one) => one === asked) ?? 'component';
  const { period, head } = preview;
  const query = useRead(
    readContributions,
    { query: { cell: 'city', from: monthBefore(period), to: period, by, asOf: head.seq } },
    { keep: true },
  );
  if (query.error) return null;
  return (
    <Section title={w.contributions} aside={period}>
      <Choices
        label={w.contributions}
        parameter="by"
        choices={PARTINGS.map((one) => ({
          value: one === 'component' ? null : one,
          label: t[`by.${one}`],
        }))}
      />
      {query.data ? <WaterfallTable table={query.data} /> : null}
    </Section>
  );
};
