import { afterEach, expect, test, vi } from 'vitest';
import { RateLimiter, type SharedCounts } from './rate-limiter.js';

/** Longer than from one round of telling to the next. */
const roundMs = 150;

const limiters: RateLimiter[] = [];
afterEach(() => vi.useRealTimers());
afterEach(() => Promise.all(limiters.splice(0).map((limiter) => limiter.stop())));

let nowMs = 1_000_000;
const fail = (error: Error): void => {
  throw error;
};

function limiterOf(limit: number, shared: SharedCounts, onError = fail): RateLimiter {
  const options = { limit, windowSeconds: 10, shared, onError, nowMs: () => nowMs };
  const limiter = new RateLimiter(options);
  limiters.push(limiter);
  return limiter;
}

const askedFor: string[] = [];
const quiet: SharedCounts = {
  add: async (_window, uses) => {
    askedFor.push(...uses.map(({ subject }) => subject));
    return uses.map(({ count }) => count);
  },
};

test('a subject gets its limit in each window, and is told when the next begins', () => {
  const limiter = limiterOf(3, quiet);
  const allowed = () => Array.from({ length: 5 }, () => limiter.take('ann').allowed);
  nowMs = 1_000_000;
  expect(limiter.take('bob')).toEqual({ allowed: true, remaining: 2, resetSeconds: 10 });
  expect(allowed()).toEqual([true, true, true, false, false]);
  nowMs += 9_999;
  expect(limiter.take('ann')).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 });
  nowMs += 1;
  expect(allowed()).toEqual([true, true, true, false, false]);
});

test('a subject below a tenth of its limit is never told of', async () => {
  const limiter = limiterOf(100, quiet);
  askedFor.length = 0;
  for (let n = 0; n < 9; n++) limiter.take('quiet');
  for (let n = 0; n < 10; n++) limiter.take('loud');
  await expect.poll(() => askedFor).toEqual(['loud']);
});

test('while the store is down a process limits by what it has counted itself', async () => {
  const errors: Error[] = [];
  const down: SharedCounts = { add: () => Promise.reject(new Error('down')) };
  const limiter = limiterOf(2, down, (error) => errors.push(error));
  limiter.take('ann');
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  expect([limiter.take('ann').allowed, limiter.take('ann').allowed]).toEqual([true, false]);
});

test('what is counted while the store is slow is told once', async () => {
  const answers: (() => void)[] = [];
  let told = 0;
  const slow: SharedCounts = {
    add: async (_window, uses) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      told += uses[0]?.count ?? 0;
      return [told];
    },
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const limiter = limiterOf(100, slow);
  for (let n = 0; n < 20; n++) limiter.take('ann');
  await vi.advanceTimersByTimeAsync(roundMs);
  for (let n = 0; n < 10; n++) limiter.take('ann');
  // The next round is due, and waits for the first.
  await vi.advanceTimersByTimeAsync(roundMs);
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(answers).toHaveLength(2);
  answers[1]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toBe(30);
  expect(limiter.take('ann').remaining).toBe(69);
});
