import type { ImportView } from '@jishi/contracts/market/import';
import type { ReactNode } from 'react';
import { Facts, Section } from '../../kit/page.tsx';
import { At, Hash } from '../../kit/values.tsx';
import { useAreaWords } from '../../words/area.ts';
import { sheetWords } from './words.ts';

/** What was uploaded, and what of it was read. */
export const FileFacts = ({ view }: { view: ImportView }) => {
  const { w, language } = useAreaWords(sheetWords);
  const items: (readonly [ReactNode, ReactNode])[] = [
    [w.fileName, view.fileName],
    ...(view.sheetName ? [[w.sheetName, view.sheetName] as const] : []),
    ...(view.otherSheets.length > 0
      ? [[w.otherSheets, view.otherSheets.join(language === 'zh' ? '、' : ', ')] as const]
      : []),
    ...(view.encoding ? [[w.encoding, view.encoding.toUpperCase()] as const] : []),
    [w.hash, <Hash key="hash" hex={view.fileSha256} />],
    [w.uploadedAt, <At key="at" instant={view.uploadedAt} />],
  ];
  return (
    <Section title={w.fileFacts}>
      <Facts items={items} />
    </Section>
  );
};
