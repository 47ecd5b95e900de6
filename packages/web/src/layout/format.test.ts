import { expect, test } from 'vitest';
import { formatCountdown, formatDuration, formatMoney, formatSeats } from './format.js';

test('an amount has the digits of its currency', () => {
  expect(formatMoney(3_500, 'EUR')).toBe('€35');
  expect(formatMoney(3_550, 'EUR')).toBe('€35.50');
  expect(formatMoney(3_500, 'JPY')).toBe('¥3,500');
  expect(formatMoney(0, 'EUR')).toBe('free');
});

test('a countdown never shows less time than there is', () => {
  expect(formatCountdown(65_000)).toBe('1:05');
  expect(formatCountdown(59_001)).toBe('1:00');
  expect(formatCountdown(1)).toBe('0:01');
  expect(formatCountdown(-5)).toBe('0:00');
});

test('a duration is as exact as it is of use', () => {
  expect([0, 12.4, 4_400, 170_000].map(formatDuration)).toEqual(['0 ms', '12 ms', '4 s', '3 min']);
});

test('one seat is no seats', () => {
  expect([1, 2, 1_200].map(formatSeats)).toEqual(['1 seat', '2 seats', '1,200 seats']);
});
