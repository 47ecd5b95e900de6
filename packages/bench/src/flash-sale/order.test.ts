import { bookingIdOf, jobIdFrom } from '@stile/core';
import { describe, expect, it } from 'vitest';
import type { RecordedDecision } from './evidence.js';
import { checkOrder } from './order.js';

/** A decision on a request that this api process accepted at this time. */
const decision = (
  sequence: number,
  processNumber: number,
  acceptedAtUs: number,
): RecordedDecision => ({
  sequence,
  bookingId: bookingIdOf(
    jobIdFrom({ timeMs: 1, lane: 3, processNumber, counter: sequence }),
    sequence,
  ),
  quantity: 1,
  outcome: 'confirmed',
  bookingStatus: 'confirmed',
  acceptedAtUs,
});

const inOrder = [decision(1, 7, 100), decision(2, 7, 101), decision(3, 7, 105)];
const exact = { outOfOrder: 0, firstOutOfOrder: undefined };

describe('the order of a sale', () => {
  it('is exact when accepted times rise along the sequence', () => {
    expect(checkOrder({ decisions: inOrder, acceptedAtPrecision: 'us' })).toEqual({
      ...exact,
      apiProcesses: 1,
    });
  });

  it('is broken by two decisions that changed places', () => {
    const [first, second, third] = inOrder as [
      RecordedDecision,
      RecordedDecision,
      RecordedDecision,
    ];
    const decisions = [
      first,
      { ...second, acceptedAtUs: third.acceptedAtUs },
      { ...third, acceptedAtUs: second.acceptedAtUs },
    ];
    expect(checkOrder({ decisions, acceptedAtPrecision: 'us' })).toEqual({
      outOfOrder: 1,
      firstOutOfOrder: 3,
      apiProcesses: 1,
    });
  });

  it('counts every decision that comes after a later one, not only the first', () => {
    const decisions = [decision(1, 7, 200), decision(2, 7, 100), decision(3, 7, 150)];
    expect(checkOrder({ decisions, acceptedAtPrecision: 'us' }).outOfOrder).toBe(2);
  });

  it('is asked of each api process alone: their clocks are not one', () => {
    const decisions = [decision(1, 7, 500), decision(2, 8, 100), decision(3, 7, 501)];
    expect(checkOrder({ decisions, acceptedAtPrecision: 'us' })).toEqual({
      ...exact,
      apiProcesses: 2,
    });
  });

  it('allows neighbours the same time only where times are cut to milliseconds', () => {
    const decisions = [decision(1, 7, 1000), decision(2, 7, 1000)];
    expect(checkOrder({ decisions, acceptedAtPrecision: 'ms' }).outOfOrder).toBe(0);
    expect(checkOrder({ decisions, acceptedAtPrecision: 'us' }).outOfOrder).toBe(1);
  });
});
