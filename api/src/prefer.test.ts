import { describe, expect, test } from 'vitest';
import { preferredWaitSeconds } from './prefer.js';

describe('the seconds that a client prefers to wait', () => {
  test.each<[string, number]>([
    ['wait=5', 5],
    ['wait=0', 0],
    ['WAIT = 5', 5],
    ['  wait=5  ', 5],
    ['wait="5"', 5],
    ['wait=005', 5],
    ['wait=5; note=later', 5],
    ['respond-async, wait=5', 5],
    ['respond-async,wait=5,return=minimal', 5],
    ['return=minimal; a="b;c", wait=5', 5],
    ['note="first, wait=3", wait=5', 5],
    ['note="a \\", wait=3", wait=5', 5],
    ['wait=soon, wait=5', 5],
    [',,, wait=5', 5],
  ])('are read from Prefer: %s', (header, seconds) => {
    expect(preferredWaitSeconds(header)).toBe(seconds);
  });

  test('are those of the first, when the preference is given twice', () => {
    expect(preferredWaitSeconds('wait=5, wait=9')).toBe(5);
    expect(preferredWaitSeconds(['wait=5', 'wait=9'])).toBe(5);
  });

  test.each(['wait=30', 'wait=31', 'wait=100', `wait=${'9'.repeat(400)}`])(
    'are at most 30: %s',
    (header) => {
      expect(preferredWaitSeconds(header)).toBe(30);
    },
  );

  test.each([
    '',
    'wait',
    'wait=',
    'wait=""',
    'wait=-1',
    'wait=1.5',
    'wait=5s',
    'wait=0x10',
    'wait=1e1',
    'wait="5',
    'wait=5"',
    'wait=٥',
    'await=5',
    'wait =5 6',
    'note="wait=5"',
    'note="unfinished, wait=5',
    '"'.repeat(10_000),
    '"\\'.repeat(10_000),
  ])('are unknown when the header makes no sense, which is no fault: %s', (header) => {
    expect(preferredWaitSeconds(header)).toBeUndefined();
  });

  test('are unknown without the header', () => {
    expect(preferredWaitSeconds(undefined)).toBeUndefined();
  });
});
