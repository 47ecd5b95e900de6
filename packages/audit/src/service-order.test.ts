import { describe, expect, test } from 'vitest';
import {
  bookingIdAt,
  type History,
  RecordedSection,
  sectionId,
  startUs,
} from './recorded-section.test-fixture.js';
import { replay, violationOf } from './tampered-history.test-fixture.js';

describe('the order of service', () => {
  /** Bookings 0 … 3, two of either process, decided in this order. */
  const decidedIn = (order: readonly number[], acceptedAtUs: (n: number) => number): History => {
    const recorded = new RecordedSection();
    for (const n of order) {
      const command = { kind: 'book', id: bookingIdAt(n), sectionId, quantity: 1 } as const;
      recorded.decide({ ...command, acceptedAtUs: acceptedAtUs(n) });
    }
    return recorded.history();
  };
  const inTime = (n: number): number => startUs + n * 1_000;

  test('lets the requests of two api processes overtake one another', () => {
    expect(replay(decidedIn([1, 0, 3, 2], inTime)).violation).toBeUndefined();
  });

  test('is broken when two requests of one process changed places', () => {
    expect(replay(decidedIn([2, 1, 0, 3], inTime)).violation).toEqual(
      violationOf(3, 'accepted_at (µs) of api process 0', `later than ${inTime(2)}`, inTime(0)),
    );
  });

  test('leaves out, and counts, what was enqueued again after the queue had lost it', () => {
    const again = (n: number): number => (n === 0 ? inTime(60_000) : inTime(n));
    const { violation, totals } = replay(decidedIn([1, 0, 2, 3], again));
    expect(violation).toBeUndefined();
    expect(totals.enqueuedAgain).toBe(1);
  });
});
