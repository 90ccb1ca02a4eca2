import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Chart } from './chart.ts';
import type { ChartLook, ChartOption } from './chart-option.ts';

/** Colours and sizes come from the theme of the page, so that the chart has none of its own. */
const lookOf = (element: HTMLElement): ChartLook => {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: value('--accent'),
    text: value('--text'),
    text2: value('--text-2'),
    hairline: value('--hairline'),
    card: value('--card'),
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    height: element.clientHeight,
    width: element.clientWidth,
    lineWidth: Number.parseFloat(value('--line-width')) || 2,
  };
};

export type ChartState = 'loading' | 'drawn' | 'failed';

/**
 * A picture in `place`, loaded after the text is painted, and drawn anew when the page, its size or
 * its theme changes. Without it the page has lost a picture, and no figure.
 */
export const useChart = (
  place: RefObject<HTMLDivElement | null>,
  optionOf: (look: ChartLook) => ChartOption,
): ChartState => {
  const chart = useRef<Chart | null>(null);
  const [state, setState] = useState<ChartState>('loading');
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let gone = false;
    const load = () =>
      import('./chart.ts')
        .then(({ openChart }) => {
          if (gone) return;
          chart.current = openChart(element, element.clientWidth, element.clientHeight);
          setState('drawn');
        })
        .catch(() => setState('failed'));
    // The next frame paints the text; the task after it may load the picture.
    const frame = window.requestAnimationFrame(() => window.setTimeout(load, 0));
    const repaint = () => setTheme((n) => n + 1);
    const observer = new ResizeObserver(() => {
      chart.current?.resize();
      repaint();
    });
    observer.observe(element);
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    return () => {
      gone = true;
      window.cancelAnimationFrame(frame);
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
      chart.current?.dispose();
      chart.current = null;
    };
  }, [place]);
  useEffect(() => {
    const element = place.current;
    if (element) chart.current?.draw(optionOf(lookOf(element)));
  }, [place, optionOf, state, theme]);
  return state;
};
