/**
 * Booking ids that name their job.
 *
 * A booking id is a UUIDv7 (RFC 9562) whose free bits are not all random:
 *
 *     tttttttt-tttt-7LLL-PPPP-Crrrrrrrrrrr
 *
 * 48 bits of Unix time in ms, 10 bits of lane, 16 bits of the api process's number (3 hex digits
 * hold the lane and the number's top two bits; the next group its other 14 behind the variant),
 * 4 bits of a counter, then 44 random bits. The first 84 bits are the job's alone, so two jobs
 * can't collide, a job's bookings are neighbours in the primary key, and the job of a booking is
 * found without a table of pending ids. The tail is random for each booking so that nobody can
 * guess a neighbour's id from their own: it takes every bit that the job doesn't need. The job's
 * own id is the same UUID with a tail of zeros.
 */

/** Lanes are numbered 0 … laneMax. */
export const laneMax = 1023;

/** Api processes are numbered 0 … processNumberMax and then from 0 again. */
export const processNumberMax = 65_535;

/** Jobs of one lane and process in one millisecond; one more borrows the next millisecond. */
const counterMax = 15;
const tailHexDigits = 11;

/** Tails are 1 … tailMax; zero is the job's own. */
export const tailMax = 2 ** 44 - 1;

const uuidLength = 36;
const emptyTail = '0'.repeat(tailHexDigits);
const lastTail = 'f'.repeat(tailHexDigits);
const bookingIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What a job id says about its job. */
export interface JobIdParts {
  /** Unix time in ms, below 2^48. */
  readonly timeMs: number;
  readonly lane: number;
  readonly processNumber: number;
  readonly counter: number;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The id of a job; each part must be an integer within its bits, or it throws a RangeError. */
export function jobIdFrom(parts: JobIdParts): string {
  assertWithin('timeMs', parts.timeMs, 2 ** 48 - 1);
  assertWithin('lane', parts.lane, laneMax);
  assertWithin('processNumber', parts.processNumber, processNumberMax);
  assertWithin('counter', parts.counter, counterMax);
  const time = hex(parts.timeMs, 12);
  const laneAndProcessTop = (parts.lane << 2) | (parts.processNumber >> 14);
  const variantAndProcess = 0x8000 | (parts.processNumber & 0x3fff);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(laneAndProcessTop, 3)}-${hex(variantAndProcess, 4)}-${hex(parts.counter, 1)}${emptyTail}`;
}

/** Takes a job id, or the id of one of its bookings, apart again. The inverse of `jobIdFrom`. */
export function jobIdParts(id: string): JobIdParts {
  const laneAndProcessTop = Number.parseInt(id.slice(15, 18), 16);
  const variantAndProcess = Number.parseInt(id.slice(19, 23), 16);
  return {
    timeMs: Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16),
    lane: laneAndProcessTop >> 2,
    processNumber: ((laneAndProcessTop & 3) << 14) | (variantAndProcess & 0x3fff),
    counter: Number.parseInt(id.slice(24, 25), 16),
  };
}

/**
 * The first stamp, in microseconds since 1970, that tells that a booking with this id was accepted anew,
 * after the queue had lost it. A job is named when it leaves, after the last of its requests was accepted;
 * one millisecond more, because in a rush the stamps can run ahead of the clock.
 */
export const acceptedAnewFromUs = (id: string): number => (jobIdParts(id).timeMs + 2) * 1_000;

/** The id of the booking with this tail in this job. */
export const bookingIdOf = (jobId: string, tail: number): string =>
  // In two parts: V8 takes at least twice as long to write a number beyond 32 bits.
  jobId.slice(0, -tailHexDigits) + hex(Math.floor(tail / 2 ** 32), 3) + hex(tail >>> 0, 8);

/** The id of the job that carries this booking. */
export const jobIdOf = (bookingId: string): string =>
  bookingId.slice(0, -tailHexDigits) + emptyTail;

/** The 44 random bits that tell a booking from the others of its job. */
export const tailOf = (bookingId: string): number =>
  Number.parseInt(bookingId.slice(-tailHexDigits), 16);

/** First and last id, both included, that a booking of this job can have. */
export const bookingIdRange = (jobId: string): readonly [first: string, last: string] => [
  jobId,
  jobId.slice(0, -tailHexDigits) + lastTail,
];

/** True for a lower-case UUIDv7 in its usual spelling; anything else was never a booking's id. */
export const isBookingId = (text: string): boolean =>
  text.length === uuidLength && bookingIdPattern.test(text);

/**
 * Numbers the jobs of one lane in one api process. The time never runs backwards, not even when
 * the clock does, so with the counter no id is given twice.
 */
export function createJobIds(lane: number, processNumber: number): (nowMs: number) => string {
  let timeMs = 0;
  let counter = -1;
  return (nowMs) => {
    if (nowMs > timeMs) {
      timeMs = nowMs;
      counter = 0;
    } else if (counter < counterMax) {
      counter++;
    } else {
      // Used up, or the clock was set back: borrow from the future rather than repeat.
      timeMs++;
      counter = 0;
    }
    return jobIdFrom({ timeMs, lane, processNumber, counter });
  };
}

function assertWithin(name: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${name} must be an integer from 0 to ${max}, not ${value}`);
  }
}
