import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAcceptanceClock } from './acceptance-clock.js';

const nowMs = 1_700_000_000_000;

/** The stamps that requests get when the wall clock shows these times. */
function stampsAt(times: readonly number[]): number[] {
  const rest = [...times];
  const stamp = createAcceptanceClock(() => rest.shift() as number);
  return times.map(() => stamp());
}

describe('the acceptance clock', () => {
  test('gives every request a later microsecond than the one before, whatever the clock does', () => {
    const times = fc.array(fc.integer({ min: nowMs - 3, max: nowMs + 3 }), { maxLength: 50 });
    fc.assert(
      fc.property(times, (clock) => {
        const stamps = stampsAt(clock);
        expect(stamps.every((stamp, i) => i === 0 || stamp > (stamps[i - 1] as number))).toBe(true);
        expect(stamps.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  test('tells the wall clock, in microseconds, when requests come one a millisecond', () => {
    expect(stampsAt([nowMs, nowMs + 1])).toEqual([nowMs * 1_000, (nowMs + 1) * 1_000]);
  });

  test('tells requests of one millisecond apart', () => {
    expect(stampsAt([nowMs, nowMs, nowMs]).map((us) => us - nowMs * 1_000)).toEqual([0, 1, 2]);
  });

  test('goes on from the last stamp when the clock is set back, until the clock catches up', () => {
    const stamps = stampsAt([nowMs, nowMs - 1_000, nowMs - 999, nowMs + 1]);
    expect(stamps.map((us) => us - nowMs * 1_000)).toEqual([0, 1, 2, 1_000]);
  });
});
