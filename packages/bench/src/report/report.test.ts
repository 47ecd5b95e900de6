import { describe, expect, it } from 'vitest';
import type { Comparison, ComparisonRow } from '../comparison/compare.js';
import type { Measurement } from '../comparison/measurement.js';
import { defaultSizes } from '../comparison/sizes.js';
import type { BenchResult } from './bench-result.js';
import { chartsOf } from './charts.js';
import { losses } from './losses.js';
import { pageOf } from './page.js';
import { standings } from './standing.js';
import { isReached, targetsOf } from './targets.js';

/** A measurement in which so many a second were answered, each after p50 ms. */
const measured = (perSecond: number, p50: number): Measurement => {
  const latency = { count: 100, p50, p90: p50, p99: p50 * 2, p999: p50 * 2, max: p50 * 2 };
  return {
    load: {
      ...{ seconds: 1, outcomesPerSecond: perSecond, readsPerSecond: 0, latency },
      ...{ readLatency: latency, confirmed: perSecond, rejected: 0, failures: {}, unsent: 0 },
      ...{ lastOutcomeSeconds: 1, generatorBusy: 0.5 },
    },
    costs: { processCpu: 1, postgresCpu: 1, redisCpu: 0, walBytes: 1_000, redisBytes: 0 },
    check: undefined,
    failures: 0,
  };
};

const row = (
  name: string,
  kind: ComparisonRow['kind'],
  rounds: readonly (readonly [perSecond: number, p50: number])[],
): ComparisonRow => ({
  ...{ name, title: name, kind },
  rounds: rounds.map(([perSecond, p50]) => measured(perSecond, p50)),
});

const hot: Comparison = {
  ...{ id: 'hot', title: 'One hot section', work: 'as asked' },
  rows: [
    row('stile-redis', 'stile', [
      [1_000, 10],
      [3_000, 10],
    ]),
    row('validate-only', 'limit', [
      [2_000, 1],
      [4_000, 1],
    ]),
    row('atomic-update', 'peer', [
      [100, 60],
      [200, 60],
    ]),
    row('for-update', 'peer', [
      [190, 5],
      [10, 5],
    ]),
  ],
};

const result: BenchResult = {
  ...{ startedAt: '2026-11-20T20:00:00.000Z', minutes: 1, options: ['--quick'] },
  machine: {
    ...{ cpu: 'a core', cores: 2, memoryBytes: 2 ** 33, system: 'linux', node: 'v20' },
    ...{ postgres: '17', postgresSettings: { fsync: 'on' }, redis: undefined, redisSettings: {} },
    loadBefore: 3,
  },
  ...{ sizes: defaultSizes, tunings: [], comparisons: [hot], rates: [], peakMemory: {} },
};

describe('the report', () => {
  it('divides round by round, by the peer with the best median', () => {
    const [stile] = standings(hot);
    expect(stile?.toBestPeer).toEqual({ median: 12.5, min: 10, max: 15 });
    expect(stile?.toLimit).toEqual({ median: 0.625, min: 0.5, max: 0.75 });
  });

  it('says which targets were reached, and of which nothing is known', () => {
    const [peers, , p99, bulk] = targetsOf(result);
    expect(peers && isReached(peers)).toBe(true);
    expect(p99 && isReached(p99)).toBe(true);
    expect(bulk && isReached(bulk)).toBeUndefined();
  });

  it('names the peer that answers sooner, though it answers less', () => {
    expect(losses(result)).toContain('p50 10 ms; sooner: for-update (5 ms)');
    expect(losses(result)).not.toContain('atomic-update');
  });

  it('says on its page when the machine was shared', () => {
    expect(pageOf(result, chartsOf(result))).toContain('the machine was shared');
    const alone = { ...result, machine: { ...result.machine, loadBefore: 0.1 } };
    expect(pageOf(alone, [])).not.toContain('the machine was shared');
  });

  it('draws each chart for light and for dark pages', () => {
    const [chart] = chartsOf(result);
    expect(chart?.light).toMatch(/^<svg /);
    expect(chart?.light).toContain('atomic-update');
    expect(chart?.dark).not.toEqual(chart?.light);
    // Of attributes, only what is between the quotes: a stray one would break the whole picture.
    for (const svg of [chart?.light ?? '', chart?.dark ?? '']) {
      const withoutStyles = svg.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
      const tags = withoutStyles.replace(/<\/?[a-z]+( [\w:-]+="[^"<>]*")*\s*\/?>/g, '');
      expect(tags).not.toContain('<');
    }
  });
});
