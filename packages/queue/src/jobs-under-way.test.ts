import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JobsUnderWay } from './jobs-under-way.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a job is under way from when it is added until the first of its outcomes is heard', () => {
  const jobs = new JobsUnderWay();
  jobs.added('a');
  jobs.added('b');
  expect(jobs.count).toBe(2);
  expect([jobs.heard('a'), jobs.heard('a')]).toEqual([true, false]);
  expect(jobs.count).toBe(1);
});

test('a job whose clients are all gone is under way for a second, not for ever', () => {
  const jobs = new JobsUnderWay();
  jobs.added('a');
  vi.advanceTimersByTime(600);
  jobs.added('b');
  expect(jobs.count).toBe(2);
  vi.advanceTimersByTime(600);
  expect(jobs.count).toBe(1);
  vi.advanceTimersByTime(600);
  expect(jobs.count).toBe(0);
});
