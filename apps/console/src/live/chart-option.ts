import type { LineSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  MarkLineComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { type Axis, axisOf, endShift, INDEX_BASE, type LineData, labelDrop } from './line-data.ts';

export type ChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | MarkLineComponentOption | AriaComponentOption
>;

/** What the page knows and the chart needs: colours of the theme, sizes and words. */
export interface ChartLook {
  readonly line: string;
  readonly text: string;
  readonly text2: string;
  readonly hairline: string;
  readonly card: string;
  readonly fontFamily: string;
  readonly fontSize: number;
  readonly lineWidth: number;
  /** Size of the whole picture in pixels. */
  readonly height: number;
  readonly width: number;
}

export interface ChartWords {
  readonly description: string;
  readonly base: string;
  readonly springFestival: string;
  readonly last: string;
  readonly monthLabel: (month: string) => string;
}

/** Margins above and below the plot, in text heights. */
const MARGIN_TOP = 1.1;
const MARGIN_BOTTOM = 2.1;
/** Size of the marker at the last value, and from its edge to a label, in text heights. */
const MARKER = 0.75;
const END_GAP = 0.6;

/** January and July carry a label: four labels over two years, never crowded. */
const isLabelled = (month: string): boolean => /-(01|07)$/.test(month);

/** Room left and right of the plot: for the axis, and for the labels at the line's end. */
const leftOf = (look: ChartLook): number => look.fontSize * 2.9;
const rightOf = (look: ChartLook, words: ChartWords): number =>
  Math.max(words.base.length, words.last.length) * look.fontSize * 0.86;

/** Half of a label's width, roughly: Chinese characters are as wide as they are high. */
const halfWidth = (text: string, fontSize: number): number =>
  ([...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 1 : 0.55), 0) * fontSize) / 2;

/** How far a label must move to the right so as not to reach into the axis. */
const clearOfAxis = (x: number, text: string, fontSize: number): number =>
  Math.max(0, halfWidth(text, fontSize) - x);

/** Without a neighbour there is no line through a point: then it is drawn as one. */
const isAlone = (months: LineData['months'], index: number): boolean =>
  months[index]?.value !== null &&
  (months[index - 1]?.value ?? null) === null &&
  (months[index + 1]?.value ?? null) === null;

const points = (data: LineData, look: ChartLook, words: ChartWords) => {
  const axis = axisOf(data);
  const plotHeight = look.height - (MARGIN_TOP + MARGIN_BOTTOM) * look.fontSize;
  const pixelsPerPoint = plotHeight / (axis.max - axis.min);
  const lastShift = endShift(data) * look.fontSize;
  const step =
    (look.width - leftOf(look) - rightOf(look, words)) / Math.max(1, data.months.length - 1);
  const lastIndex = data.months.findLastIndex(({ value }) => value !== null);
  return data.months.map(({ value, springFestival, mark }, index) => {
    const isLast = index === lastIndex;
    return {
      value: value ?? '-',
      symbol: isLast || springFestival || mark || isAlone(data.months, index) ? 'circle' : 'none',
      symbolSize: isLast ? look.fontSize * MARKER : look.fontSize * 0.34,
      itemStyle: isLast
        ? { color: look.card, borderColor: look.line, borderWidth: look.lineWidth }
        : { color: look.line },
      label: {
        show: isLast || springFestival || mark !== undefined,
        formatter: isLast ? words.last : (mark ?? words.springFestival),
        position: isLast ? ('right' as const) : mark ? ('top' as const) : ('bottom' as const),
        offset: isLast
          ? [0, lastShift]
          : mark
            ? [0, 0]
            : [
                clearOfAxis(index * step, words.springFestival, look.fontSize),
                labelDrop(data.months, index) * pixelsPerPoint,
              ],
        distance: look.fontSize * (isLast ? END_GAP : 0.35),
        color: isLast ? look.text : look.text2,
        fontSize: isLast ? look.fontSize * 1.25 : look.fontSize,
        fontWeight: isLast ? ('bold' as const) : ('normal' as const),
        fontFamily: look.fontFamily,
      },
    };
  });
};

const baseLine = (look: ChartLook, words: ChartWords): MarkLineComponentOption => {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: look.text2, type: [2, 4], width: Math.max(1, look.lineWidth / 3) },
    label: {
      formatter: words.base,
      position: 'end',
      color: look.text2,
      fontSize: look.fontSize,
      fontFamily: look.fontFamily,
      // Clear of the marker at the end of the line, and in one column with its label.
      distance: look.fontSize * (MARKER / 2 + END_GAP),
    },
    data: [{ yAxis: INDEX_BASE }],
  };
};

const axisTextOf = ({ text2, fontSize, fontFamily }: ChartLook) => ({
  color: text2,
  fontSize,
  fontFamily,
});

const valueAxis = (axis: Axis, look: ChartLook): NonNullable<ChartOption['yAxis']> => {
  const axisText = axisTextOf(look);
  return {
    type: 'value',
    min: axis.min,
    max: axis.max,
    // Both bounds: steps fall on round values, whatever the ends are.
    minInterval: axis.step,
    maxInterval: axis.step,
    axisLabel: {
      ...axisText,
      margin: look.fontSize * 0.6,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value) => String(value),
    },
    splitLine: {
      showMinLine: false,
      showMaxLine: false,
      lineStyle: { color: look.hairline },
    },
  };
};

/** A line without labels under the first one: another vintage of the same months. */
export interface OtherLine {
  readonly values: readonly (number | null)[];
  readonly color: string;
  readonly dash: 'dashed' | 'dotted';
}

export const otherLines = (lines: readonly OtherLine[], width: number): LineSeriesOption[] =>
  lines.map(({ values, color, dash }) => ({
    type: 'line',
    silent: true,
    data: values.map((value) => value ?? '-'),
    connectNulls: false,
    showSymbol: false,
    z: 1,
    lineStyle: { color, width, type: dash },
  }));

/** The whole picture: a line, its base, its end, 春节. No area, no smoothing, no legend. */
export const chartOption = (
  data: LineData,
  look: ChartLook,
  words: ChartWords,
  others: readonly OtherLine[] = [],
): ChartOption => {
  const { fontSize, fontFamily } = look;
  const axisText = axisTextOf(look);
  const axis = axisOf(data);
  return {
    animation: false,
    aria: { enabled: true, label: { description: words.description } },
    textStyle: { fontFamily },
    grid: {
      left: leftOf(look),
      right: rightOf(look, words),
      top: fontSize * MARGIN_TOP,
      bottom: fontSize * MARGIN_BOTTOM,
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: data.months.map(({ month }) => month),
      axisLine: { onZero: false, lineStyle: { color: look.hairline } },
      axisTick: { show: false },
      axisLabel: {
        ...axisText,
        interval: (index) => isLabelled(data.months[index]?.month ?? ''),
        formatter: words.monthLabel,
        margin: fontSize * 0.7,
        hideOverlap: true,
      },
    },
    yAxis: valueAxis(axis, look),
    series: [
      {
        type: 'line',
        silent: true,
        data: points(data, look, words),
        connectNulls: false,
        showSymbol: true,
        showAllSymbol: true,
        lineStyle: { color: look.line, width: look.lineWidth },
        markLine: baseLine(look, words),
      },
      ...otherLines(others, look.lineWidth),
    ],
  };
};
