import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartOption } from './chart-option.ts';

/** Loaded after the text is painted; only what one line needs. */
echarts.use([LineChart, GridComponent, MarkLineComponent, AriaComponent, SVGRenderer]);

export interface Chart {
  readonly draw: (option: ChartOption) => void;
  readonly resize: () => void;
  readonly dispose: () => void;
}

export const openChart = (element: HTMLElement, width: number, height: number): Chart => {
  const chart = echarts.init(element, undefined, { renderer: 'svg', width, height });
  return {
    draw: (option) => chart.setOption(option, { notMerge: true, lazyUpdate: false }),
    resize: () => chart.resize({ width: element.clientWidth, height: element.clientHeight }),
    dispose: () => chart.dispose(),
  };
};
