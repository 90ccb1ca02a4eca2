import type { ReactNode } from 'react';
import { Copyable } from '../../kit/values.tsx';
import { useAreaWords } from '../../words/area.ts';
import './sheets.css';
import { sheetWords } from './words.ts';

/** The page on a computer; on a phone a sentence and the link to open there. */
export const OnComputer = (props: { children: ReactNode }) => {
  const { w } = useAreaWords(sheetWords);
  return (
    <>
      <div className="sheets-on-phone">
        <p>
          <strong>{w.usesComputer}</strong>
        </p>
        <p>{w.usesComputerMore}</p>
        <p className="sheets-link">
          <Copyable text={window.location.href} />
        </p>
      </div>
      <div className="sheets-on-computer">{props.children}</div>
    </>
  );
};
