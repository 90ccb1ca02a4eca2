import { useEffect, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { useWords } from '../words/words.tsx';
import type { Named } from './navigation.ts';

const KEYS: readonly (readonly [string, Named])[] = [
  ['Ctrl K', { zh: '搜索', en: 'Search' }],
  ['J / K', { zh: '队列中下一行、上一行', en: 'Next and previous row of a queue' }],
  ['Enter', { zh: '打开', en: 'Open' }],
  ['Esc', { zh: '关闭', en: 'Close' }],
  ['A / R / X', { zh: '审核页：通过、退回补正、不予登记', en: 'Review: approve, return, refuse' }],
  ['?', { zh: '这张表', en: 'This list' }],
];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** The keys there are, by «?» from anywhere outside a field. */
export const KeysHelp = () => {
  const { language, t } = useWords();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.isComposing || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={t.keys}>
      <dl className="facts">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning[language]}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
