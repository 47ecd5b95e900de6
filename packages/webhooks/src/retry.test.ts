import { expect, test } from 'vitest';
import { attemptsMax, retryDelayMs } from './retry.js';

const hours = (ms: number) => ms / 3_600_000;

test('the first retries come soon, the later ones every six hours, for more than five days', () => {
  const delays = Array.from({ length: attemptsMax - 1 }, (_, n) => retryDelayMs(n + 1, 5_000));
  expect(delays.slice(0, 4)).toEqual([5_000, 20_000, 80_000, 320_000]);
  expect(hours(delays.at(-1) ?? 0)).toBe(6);
  expect(hours(delays.reduce((sum, ms) => sum + ms))).toBeGreaterThan(5 * 24);
});
