import { Steps } from '../../kit/marks.tsx';
import { useAreaWords } from '../../words/area.ts';
import { sheetWords } from './words.ts';

/** 选文件 → 核对列 → 修正 → 导入. */
export const ImportSteps = (props: { now: 0 | 1 | 2 | 3 }) => {
  const { w } = useAreaWords(sheetWords);
  const labels = [w.stepFile, w.stepColumns, w.stepFix, w.stepImport];
  return (
    <Steps
      label={w.steps}
      steps={labels.map((label, i) => ({
        label,
        state: i < props.now ? 'done' : i === props.now ? 'now' : 'next',
      }))}
    />
  );
};
