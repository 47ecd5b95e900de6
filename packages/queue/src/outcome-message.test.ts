import { type Booking, jobIdFrom, type LedgerEntry, type Section, type Verdict } from '@stile/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeOutcomes,
  encodeOutcomes,
  type Outcome,
  outcomeOfBooking,
  outcomeTuple,
} from './outcome-message.js';

const jobId = jobIdFrom({ timeMs: 1_700_000_000_000, lane: 3, processNumber: 7, counter: 9 });
const decidedAtUs = 1_700_000_000_123_456;
/** What PostgreSQL still sends: it refuses a payload of 8,000 bytes. */
const payloadBytesMax = 7_999;

/** A verdict of a lane, with what the client of its command is to be told. */
interface Decided {
  readonly isBook: boolean;
  readonly verdict: Verdict | undefined;
  readonly outcome: Outcome;
}

const seat = fc.stringMatching(/^[A-Za-z0-9]{1,10}-[1-9][0-9]{0,2}$/);
const booking: fc.Arbitrary<Booking> = fc
  .record({
    status: fc.constantFrom(
      ...(['held', 'confirmed', 'rejected', 'expired', 'cancelled'] as const),
    ),
    reason: fc.constantFrom(
      ...(['sold_out', 'seat_taken', 'limit_exceeded', 'sales_closed', 'internal_error'] as const),
    ),
    price: fc.maxSafeNat(),
    seats: fc.option(fc.array(seat, { minLength: 1, maxLength: 10 })),
    adjacent: fc.option(fc.boolean()),
    expiresAtUs: fc.option(fc.nat(2 ** 51)),
    sequence: fc.option(fc.maxSafeNat(), { freq: 10 }),
  })
  .map(({ status, reason, seats, expiresAtUs, adjacent, ...rest }) => ({
    ...{
      id: jobId,
      sectionId: jobId,
      userId: null,
      caller: null,
      quantity: 1,
      status,
      seats,
      expiresAtUs,
    },
    reason: status === 'rejected' ? reason : null,
    // Said only of seats that were picked.
    adjacent: seats === null ? null : adjacent,
    ...rest,
  }));

const recorded = (about: Booking | undefined, remaining: number): Verdict => ({
  kind: 'recorded',
  entry: { remaining } as LedgerEntry,
  section: {} as Section,
  booking: about,
});

const decided: fc.Arbitrary<Decided> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(booking, fc.nat(1_000_000)).map(([about, remaining]) => ({
      ...{ isBook: true, verdict: recorded(about, remaining) },
      outcome: outcomeOfBooking(about, remaining),
    })),
  },
  booking.map((about) => ({
    ...{ isBook: true, verdict: { kind: 'repeated', booking: about } as const },
    outcome: outcomeOfBooking(about, null),
  })),
  fc
    .option(booking, { nil: undefined })
    .chain((about) =>
      fc
        .constantFrom<Verdict>(recorded(about, 3), { kind: 'repeated', booking: about })
        .map((verdict): Decided => ({ isBook: false, verdict, outcome: { kind: 'done' } })),
    ),
  fc
    .constantFrom(
      ...(['unknown', 'rejected', 'expired', 'cancelled', 'below_sold', 'reserved'] as const),
      'live_bookings' as const,
    )
    .map((refusal) => ({
      ...{ isBook: false, verdict: { kind: 'refused', refusal } as const },
      outcome: { kind: 'refused', refusal } as const,
    })),
  fc
    .boolean()
    .map(
      (isBook): Decided => ({ isBook, verdict: undefined, outcome: { kind: 'unknown-section' } }),
    ),
);

const payloadsOf = (all: readonly Pick<Decided, 'isBook' | 'verdict'>[]): string[] =>
  encodeOutcomes(
    jobId,
    decidedAtUs,
    all.map(({ isBook, verdict }) => outcomeTuple(isBook, verdict)),
  );

/** What an api process hears of a job's commands, each by its place. */
function heard(payloads: readonly string[]): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const payload of payloads) {
    const message = decodeOutcomes(payload);
    expect(message).toMatchObject({ jobId, decidedAtUs, from: outcomes.length });
    outcomes.push(...message.outcomes);
  }
  return outcomes;
}

const confirmed = (sequence: number, price: number): Booking => ({
  ...{
    id: jobId,
    sectionId: jobId,
    userId: null,
    caller: null,
    quantity: 1,
    status: 'confirmed',
    reason: null,
  },
  ...{ price, seats: null, adjacent: null, expiresAtUs: null, sequence },
});
const bookedFor = (sequence: number, price: number) => ({
  isBook: true,
  verdict: recorded(confirmed(sequence, price), 2),
});
const withSeats = (count: number) => {
  const seats = Array.from({ length: count }, (_, n) => `LongRow-${n + 1}`);
  const about = { ...confirmed(1, 1), quantity: count, seats };
  return { isBook: true, verdict: recorded(about, 2), outcome: outcomeOfBooking(about, 2) };
};
const bytesOf = (payload: string | undefined): number => Buffer.byteLength(payload ?? '');

describe('the news of a job’s outcomes', () => {
  test('tells every outcome in the order of the commands, in payloads that PostgreSQL takes', () => {
    const job = fc.array(decided, { maxLength: 500, size: 'max' });
    let severalTimes = 0;
    fc.assert(
      fc.property(job, (all) => {
        const payloads = payloadsOf(all);
        for (const payload of payloads) {
          expect(bytesOf(payload)).toBeLessThanOrEqual(payloadBytesMax);
        }
        expect(heard(payloads)).toEqual(all.map(({ outcome }) => outcome));
        if (payloads.length > 1) severalTimes++;
      }),
    );
    expect(severalTimes).toBeGreaterThan(0);
  });

  test('fills a payload to the last byte before it begins another', () => {
    const all = [bookedFor(1, 1)];
    while (bytesOf(payloadsOf([...all, bookedFor(1, 1)])[0]) + 20 <= payloadBytesMax) {
      all.push(bookedFor(1, 1));
    }
    // Widened by its numbers, an outcome takes exactly what is left.
    const missing = payloadBytesMax - bytesOf(payloadsOf([...all, bookedFor(1, 1)])[0]);
    const [sequence, price] = [10 ** Math.min(missing, 14), 10 ** Math.max(0, missing - 14)];
    const full = payloadsOf([...all, bookedFor(sequence, price)]);
    expect(full.map(bytesOf)).toEqual([payloadBytesMax]);

    const wider = [...all, bookedFor(sequence, price * 10)];
    const payloads = payloadsOf(wider);
    expect(payloads).toHaveLength(2);
    expect(heard(payloads)).toHaveLength(wider.length);
  });

  test('says of an outcome that no payload has room for that it is to be read, and of no other', () => {
    const small = withSeats(5);
    const tooLong = withSeats(1_000);
    const all = [small, tooLong, small, tooLong, ...new Array(300).fill(small)];
    const payloads = payloadsOf(all);
    expect(payloads.map(bytesOf).every((bytes) => bytes <= payloadBytesMax)).toBe(true);
    expect(heard(payloads)).toEqual(
      all.map((one) => (one === tooLong ? { kind: 'missed' } : one.outcome)),
    );
  });

  test('is one payload even for a job of nothing', () => {
    expect(heard(payloadsOf([]))).toEqual([]);
    expect(payloadsOf([])).toHaveLength(1);
  });

  test.each([
    '',
    'null',
    '{',
    '{"jobId":"a","decidedAtUs":1,"from":0}',
    '{"jobId":"a","decidedAtUs":1,"from":0,"outcomes":[["z",1,2,3]]}',
  ])('is not believed when it is %j', (payload) => {
    expect(() => decodeOutcomes(payload)).toThrow();
  });
});
