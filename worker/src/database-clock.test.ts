import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DatabaseClock } from './database-clock.js';

const noonUs = 1_700_000_000_000_000;
let clock: DatabaseClock;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  clock = new DatabaseClock();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the time goes on from what the database said', () => {
  expect(clock.nowUs()).toBeUndefined();
  clock.told(noonUs);
  vi.advanceTimersByTime(2);
  expect(clock.nowUs()).toBe(noonUs + 2_000);
});

test('an answer that was long on its way does not set it back', () => {
  clock.told(noonUs);
  vi.advanceTimersByTime(50);
  expect(clock.nowUs()).toBe(noonUs + 50_000);
  clock.told(noonUs + 10_000);
  expect(clock.nowUs()).toBe(noonUs + 50_000);
  vi.advanceTimersByTime(50);
  expect(clock.nowUs()).toBe(noonUs + 60_000);
});

test('it can be wrong: then it waits to be told, and may be set back', () => {
  clock.told(noonUs);
  expect(clock.nowUs()).toBe(noonUs);
  clock.forget();
  expect(clock.nowUs()).toBeUndefined();
  clock.told(noonUs - 1_000_000);
  expect(clock.nowUs()).toBe(noonUs - 1_000_000);
});
