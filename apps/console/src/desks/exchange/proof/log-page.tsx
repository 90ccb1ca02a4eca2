import { PageHead, Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import '../exchange.css';
import { Command, DISCLOSURE_COMMAND, headsCommand } from './command.tsx';
import { CompareSection } from './compare-section.tsx';
import { EventSection } from './event-section.tsx';
import { FileSection } from './file-section.tsx';
import { HeadsSection } from './heads-section.tsx';
import { LatestSection } from './latest-head.tsx';
import { useLatestHead } from './use-latest.ts';
import { proofWords } from './words.ts';

/** Is the log whole, is this in it, and has it only grown: all judged by the reader's browser. */
export const LogPage = () => {
  const { w } = useAreaWords(proofWords);
  const latest = useLatestHead();
  const { isDone, trouble } = latest.steps;
  return (
    <div className="proof-page">
      <PageHead title={w.title} note={w.note} ready={isDone || trouble !== null} />
      <LatestSection of={latest} />
      <EventSection />
      <CompareSection />
      <FileSection />
      <HeadsSection />
      <Section title={w.proveTitle}>
        <p>{w.proveText}</p>
        <p>{w.proveNot}</p>
        <h3>{w.commandTitle}</h3>
        <p>{w.commandText}</p>
        <Command what={headsCommand(window.location.origin)} />
        <Command what={DISCLOSURE_COMMAND} />
      </Section>
    </div>
  );
};
