import * as echarts from 'echarts';
import type { Comparison } from '../comparison/compare.js';
import type { BenchResult } from './bench-result.js';
import { rateSpread } from './standing.js';

/** A chart as SVG, for light pages and for dark ones; both have no background of their own. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  readonly light: string;
  readonly dark: string;
}

interface Theme {
  readonly text: string;
  readonly line: string;
  readonly palette: Readonly<Record<'stile' | 'peer' | 'limit', string>>;
  readonly series: readonly string[];
}

// Each colour keeps a contrast of 3 to 1 with its page.
const light: Theme = {
  text: '#1f2328',
  line: '#d1d9e0',
  palette: { stile: '#0969da', peer: '#818b98', limit: '#bf8700' },
  series: [
    '#0969da',
    '#1a7f37',
    '#bf8700',
    '#cf222e',
    '#8250df',
    '#6e7781',
    '#bc4c00',
    '#1b7c83',
    '#bf3989',
    '#4d2d00',
  ],
};
const dark: Theme = {
  text: '#f0f6fc',
  line: '#3d444d',
  palette: { stile: '#4493f8', peer: '#9198a1', limit: '#d29922' },
  series: [
    '#4493f8',
    '#3fb950',
    '#d29922',
    '#f85149',
    '#ab7df8',
    '#9198a1',
    '#db6d28',
    '#39c5cf',
    '#db61a2',
    '#e3b341',
  ],
};

/** A picture has no pointer to react to. */
const still = { silent: true, emphasis: { disabled: true } };

const width = 760;
// Without quotes: echarts writes it into an attribute as it is.
const fontFamily = 'system-ui, sans-serif';

/** The charts that this run has the figures for. */
export function chartsOf(result: BenchResult): Chart[] {
  const comparison = (id: string) => result.comparisons.find((one) => one.id === id);
  const charts: Chart[] = [];
  const bars: readonly (readonly [id: string, title: string])[] = [
    ['hot', 'One hot section, 256 clients: outcomes a second'],
    ['sections-1000', '1,000 sections by Zipf, 256 clients: outcomes a second'],
    ['far-hot', 'Servers 2 ms away, one hot section, 256 clients: outcomes a second'],
  ];
  for (const [id, title] of bars) {
    const found = comparison(id);
    if (found !== undefined)
      charts.push(inBoth(id, title, (theme) => barOption(found, title, theme)));
  }
  const byConnections = result.comparisons
    .filter(({ id }) => id.startsWith('connections-'))
    .concat(comparison('hot') ?? [])
    .map((one) => ({ at: one.rows[0] === undefined ? 0 : connectionsOf(one), comparison: one }))
    .sort((a, b) => a.at - b.at);
  if (byConnections.length > 1) {
    const title = 'One hot section, by connections: outcomes a second (logarithmic)';
    charts.push(inBoth('connections', title, (theme) => lineOption(byConnections, title, theme)));
  }
  const growth = result.comparisons.filter(({ id }) => id.startsWith('growth-'));
  for (const one of growth) {
    const title = `Stile along ${one.title}: outcomes a second`;
    charts.push(inBoth(one.id, title, (theme) => pointOption(one, title, theme)));
  }
  return charts;
}

const connectionsOf = ({ id }: Comparison): number =>
  id === 'hot' ? 256 : Number(id.slice('connections-'.length));

function inBoth(
  name: string,
  title: string,
  optionOf: (theme: Theme) => { option: echarts.EChartsCoreOption; height: number },
): Chart {
  const render = (theme: Theme): string => {
    const { option, height } = optionOf(theme);
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
    chart.setOption({ animation: false, textStyle: { fontFamily, color: theme.text }, ...option });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return `${svg}\n`;
  };
  return { name, title, light: render(light), dark: render(dark) };
}

const titleOption = (text: string, theme: Theme) => ({
  text,
  left: 0,
  textStyle: { color: theme.text, fontSize: 14, fontWeight: 600, fontFamily },
});

const axis = (theme: Theme) => ({
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { show: false },
  axisLabel: { color: theme.text },
  splitLine: { lineStyle: { color: theme.line } },
});

function barOption(comparison: Comparison, title: string, theme: Theme) {
  const rows = [...comparison.rows].sort((a, b) => rateSpread(a).median - rateSpread(b).median);
  const option = {
    title: titleOption(title, theme),
    // Fixed, here and below: without a browser echarts can only guess how long a text is.
    grid: { left: 190, right: 70, top: 36, bottom: 4 },
    xAxis: {
      type: 'value',
      ...axis(theme),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: { type: 'category', data: rows.map((row) => row.title), ...axis(theme) },
    series: [
      {
        ...still,
        type: 'bar',
        barMaxWidth: 22,
        label: {
          show: true,
          position: 'right',
          color: theme.text,
          formatter: ({ value }: { value: number }) => value.toLocaleString('en-US'),
        },
        data: rows.map((row) => ({
          value: Math.round(rateSpread(row).median),
          itemStyle: { color: theme.palette[row.kind === 'point' ? 'stile' : row.kind] },
        })),
      },
    ],
  };
  return { option, height: 44 + rows.length * 30 };
}

function lineOption(
  points: readonly { readonly at: number; readonly comparison: Comparison }[],
  title: string,
  theme: Theme,
) {
  const names = points[0]?.comparison.rows ?? [];
  const option = {
    color: [...theme.series],
    title: titleOption(title, theme),
    legend: { bottom: 0, itemGap: 24, textStyle: { color: theme.text }, itemHeight: 8 },
    grid: { left: 64, right: 16, top: 40, bottom: 84 },
    xAxis: { type: 'category', data: points.map(({ at }) => String(at)), ...axis(theme) },
    yAxis: { type: 'log', ...axis(theme) },
    series: names.map(({ name, title }) => ({
      ...still,
      type: 'line',
      name: title,
      symbolSize: 6,
      data: points.map(({ comparison }) => {
        const row = comparison.rows.find((candidate) => candidate.name === name);
        const rate = row === undefined ? 0 : Math.round(rateSpread(row).median);
        // A logarithm has no zero: a contender without any outcome has no point.
        return rate > 0 ? rate : null;
      }),
    })),
  };
  return { option, height: 420 };
}

function pointOption(comparison: Comparison, title: string, theme: Theme) {
  const option = {
    color: [theme.palette.stile],
    title: titleOption(title, theme),
    grid: { left: 64, right: 16, top: 40, bottom: 28 },
    xAxis: { type: 'category', data: comparison.rows.map((row) => row.title), ...axis(theme) },
    yAxis: { type: 'value', min: 0, ...axis(theme) },
    series: [
      {
        ...still,
        type: 'line',
        symbolSize: 7,
        data: comparison.rows.map((row) => Math.round(rateSpread(row).median)),
      },
    ],
  };
  return { option, height: 240 };
}
