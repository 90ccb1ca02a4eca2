import { type ReactNode, useEffect, useState } from 'react';
import { burnInShift, SHIFT_EVERY_MS, stagePlace } from './view.ts';

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

const sizeNow = (): WindowSize => ({ width: window.innerWidth, height: window.innerHeight });

export const useWindowSize = (): WindowSize => {
  const [size, setSize] = useState(sizeNow);
  useEffect(() => {
    const measure = () => setSize(sizeNow());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return size;
};

/** The wall: 1920×1080 in its own pixels, scaled by one factor to the screen. */
export const Stage = (props: { size: WindowSize; className: string; children: ReactNode }) => {
  const { size, className, children } = props;
  const [step, setStep] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setStep((n) => n + 1), SHIFT_EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  const { scale, left, top } = stagePlace(size.width, size.height);
  const [x, y] = burnInShift(step);
  return (
    <div className="stage-frame">
      <div
        className={`stage ${className}`}
        style={{ transform: `translate(${left + x}px, ${top + y}px) scale(${scale})` }}
      >
        {children}
      </div>
    </div>
  );
};
