import { expect, test } from 'vitest';
import type { Second } from '../api/ops.js';
import { chartSeconds, columnsOf, niceMax, withSeconds } from './chart-data.js';

const second = (at: number, confirmed: number): Second => ({
  at: new Date(at * 1000).toISOString(),
  ...{ confirmed, held: 0, rejected: 0, cancelled: 0, expired: 0, changed: 0 },
});

test('a second that two processes saw is counted once, with all that was decided in it', () => {
  const merged = withSeconds([second(1, 5), second(2, 7)], [second(2, 6), second(3, 1)]);
  expect(merged.map(({ confirmed }) => confirmed)).toEqual([5, 7, 1]);
});

test('only two minutes are kept', () => {
  expect(withSeconds([second(1, 5)], [second(500, 1)])).toEqual([second(500, 1)]);
});

test('the chart has a column for each whole second, idle ones too', () => {
  const columns = columnsOf([second(1_000, 4)], new Date(1_002_500).toISOString());
  expect(columns).toHaveLength(chartSeconds);
  expect(columns.slice(-3).map(({ total }) => total)).toEqual([0, 4, 0]);
});

test('the axis ends at a round number', () => {
  expect([0, 7, 11, 480, 2_100, 10_000].map(niceMax)).toEqual([10, 10, 20, 500, 5_000, 10_000]);
});
