import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bookingIdOf,
  bookingIdRange,
  createJobIds,
  isBookingId,
  type JobIdParts,
  jobIdFrom,
  jobIdOf,
  jobIdParts,
  laneMax,
  processNumberMax,
  tailMax,
  tailOf,
} from './booking-id.js';

const timeMsMax = 2 ** 48 - 1;
const counterMax = 15;

const parts: fc.Arbitrary<JobIdParts> = fc.record({
  timeMs: fc.nat(timeMsMax),
  lane: fc.nat(laneMax),
  processNumber: fc.nat(processNumberMax),
  counter: fc.nat(counterMax),
});
const tail = fc.nat({ max: tailMax });
const someJob: JobIdParts = { timeMs: 1_700_000_000_000, lane: 3, processNumber: 7, counter: 9 };

/** Order of the text, which is PostgreSQL's order of uuids: by byte, from the left. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('a booking id', () => {
  test('tells every part of its job and its own tail, over their full ranges', () => {
    fc.assert(
      fc.property(parts, tail, (job, bits) => {
        const jobId = jobIdFrom(job);
        const bookingId = bookingIdOf(jobId, bits);
        expect(jobIdParts(jobId)).toEqual(job);
        expect(jobIdParts(bookingId)).toEqual(job);
        expect(jobIdOf(bookingId)).toBe(jobId);
        expect(tailOf(bookingId)).toBe(bits);
      }),
    );
  });

  test.each([
    ['00000000-0000-7000-8000-000000000000', 0, 0, 0, 0],
    ['ffffffff-ffff-7fff-bfff-f00000000000', timeMsMax, laneMax, processNumberMax, counterMax],
    // The time of the example in RFC 9562, appendix A.6.
    ['017f22e2-79b0-7004-8002-300000000000', 0x017f22e279b0, 1, 2, 3],
  ])('%s has its bits where the header says', (jobId, timeMs, lane, processNumber, counter) => {
    const job = { timeMs, lane, processNumber, counter };
    expect(jobIdFrom(job)).toBe(jobId);
    expect(jobIdParts(jobId)).toEqual(job);
  });

  test('is a lower-case UUIDv7, and nothing else is a booking id', () => {
    fc.assert(
      fc.property(parts, tail, (job, bits) => isBookingId(bookingIdOf(jobIdFrom(job), bits))),
    );
    fc.assert(fc.property(fc.uuid({ version: 4 }), (uuid) => !isBookingId(uuid)));
    fc.assert(fc.property(fc.uuid({ version: 7 }), (uuid) => isBookingId(uuid)));
    fc.assert(fc.property(fc.string(), (text) => !isBookingId(text)));
    const id = 'ffffffff-ffff-7fff-bfff-ffffffffffff';
    for (const near of [id.toUpperCase(), ` ${id}`, `${id}\n`, `{${id}}`, id.replaceAll('-', '')]) {
      expect(isBookingId(near)).toBe(false);
    }
  });

  test('sorts by time before everything else', () => {
    fc.assert(
      fc.property(parts, parts, tail, tail, (a, b, tailA, tailB) => {
        fc.pre(a.timeMs !== b.timeMs);
        const order = compare(bookingIdOf(jobIdFrom(a), tailA), bookingIdOf(jobIdFrom(b), tailB));
        expect(order).toBe(Math.sign(a.timeMs - b.timeMs));
      }),
    );
  });
});

describe('the jobs', () => {
  test('of different parts never share an id, nor do their bookings', () => {
    fc.assert(
      fc.property(parts, parts, tail, (a, b, bits) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(jobIdFrom(a)).not.toBe(jobIdFrom(b));
        expect(bookingIdOf(jobIdFrom(a), bits)).not.toBe(bookingIdOf(jobIdFrom(b), bits));
      }),
    );
  });

  test('that differ in one part only have ids of their own', () => {
    for (const part of Object.keys(someJob) as (keyof JobIdParts)[]) {
      fc.assert(
        fc.property(parts, (other) => {
          fc.pre(other[part] !== someJob[part]);
          expect(jobIdFrom({ ...someJob, [part]: other[part] })).not.toBe(jobIdFrom(someJob));
        }),
      );
    }
  });

  test('have their own bookings, and only those, in their range', () => {
    const neighbour = fc.oneof(
      parts,
      fc.constantFrom(-1, 1).map((step) => ({ ...someJob, counter: someJob.counter + step })),
      fc.constant(someJob),
    );
    fc.assert(
      fc.property(neighbour, tail, (job, bits) => {
        const [first, last] = bookingIdRange(jobIdFrom(someJob));
        const bookingId = bookingIdOf(jobIdFrom(job), bits);
        const isInside = first <= bookingId && bookingId <= last;
        expect(isInside).toBe(jobIdFrom(job) === jobIdFrom(someJob));
      }),
    );
    const [first, last] = bookingIdRange(jobIdFrom(someJob));
    expect([tailOf(first), tailOf(last)]).toEqual([0, tailMax]);
  });

  test.each([
    ['timeMs', timeMsMax],
    ['lane', laneMax],
    ['processNumber', processNumberMax],
    ['counter', counterMax],
  ] as const)('have %s from 0 to %i, and a RangeError beyond', (part, max) => {
    const withPart = (value: number) => () => jobIdFrom({ ...someJob, [part]: value });
    for (const value of [0, max]) expect(withPart(value)).not.toThrow();
    for (const value of [-1, max + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(withPart(value)).toThrow(RangeError);
      expect(withPart(value)).toThrow(part);
    }
  });
});

describe('the numbering of the jobs of a lane', () => {
  const takeIds = (clock: readonly number[]): string[] => clock.map(createJobIds(3, 7));

  test('carries lane, process and time', () => {
    const id = createJobIds(3, 7)(1_700_000_000_000);
    expect(jobIdParts(id)).toMatchObject({ lane: 3, processNumber: 7, timeMs: 1_700_000_000_000 });
  });

  test('rises with every job, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (clock) => {
        const ids = takeIds(clock);
        expect(ids).toEqual([...new Set(ids)].sort(compare));
      }),
    );
  });

  test('gives no id twice while a clock that was set back an hour catches up', () => {
    const nowMs = 1_700_000_000_000;
    const hourMs = 3_600_000;
    const jobCount = 20_000;
    const clock = Array.from({ length: jobCount }, (_, n) => nowMs - (n === 0 ? 0 : hourMs) + n);
    const ids = takeIds(clock);
    expect(new Set(ids).size).toBe(jobCount);
    expect(ids.every((id, n) => n === 0 || (ids[n - 1] as string) < id)).toBe(true);
  });

  test('of two lanes or two processes never meets', () => {
    const nowMs = 1_700_000_000_000;
    const ids = [createJobIds(3, 7), createJobIds(4, 7), createJobIds(3, 8)].map((next) =>
      next(nowMs),
    );
    expect(new Set(ids).size).toBe(3);
  });
});
