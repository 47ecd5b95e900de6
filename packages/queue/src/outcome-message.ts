import type { Booking, BookingStatus, Refusal, RejectionReason, Verdict } from '@stile/core';

/** What became of a request to book, as its client is told. */
export interface BookedOutcome {
  readonly kind: 'booked';
  readonly status: BookingStatus;
  readonly reason: RejectionReason | null;
  /** Null when it was cancelled in the queue and its lane hasn't recorded that yet. */
  readonly sequence: number | null;
  readonly price: number;
  /** Seats left in the section right after the decision; null when it was taken before this job. */
  readonly remaining: number | null;
  readonly seats: readonly string[] | null;
  readonly adjacent: boolean | null;
  readonly expiresAtUs: number | null;
}

/** What became of a command. */
export type Outcome =
  | BookedOutcome
  /** Another command did what it asks for, or that was so already. */
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unknown-section' }
  /** The news was missed and can't be read again: the command, being idempotent, is sent again. */
  | { readonly kind: 'missed' };

/** [letter of status or reason, sequence, price, remaining, and when there are any: seats …] */
type BookedTuple =
  | readonly [string, number | null, number, number | null]
  | readonly [
      string,
      number | null,
      number,
      number | null,
      readonly string[] | null,
      boolean | null,
      number | null,
    ];
type OutcomeTuple = BookedTuple | readonly ['ok'] | readonly ['no', Refusal] | null;

export interface OutcomeMessage {
  readonly jobId: string;
  readonly decidedAtUs: number;
  /** The place in the job of the first command that `outcomes` tells of. */
  readonly from: number;
  readonly outcomes: readonly Outcome[];
}

/** PostgreSQL refuses a notification of 8,000 bytes or more. */
const payloadBytesMax = 7_999;

const letters: Readonly<Record<Exclude<BookingStatus, 'rejected'> | RejectionReason, string>> = {
  confirmed: 'c',
  held: 'h',
  cancelled: 'x',
  expired: 'e',
  sold_out: 's',
  seat_taken: 't',
  limit_exceeded: 'l',
  sales_closed: 'w',
  internal_error: 'i',
};
const wordOf = new Map(Object.entries(letters).map(([word, letter]) => [letter, word]));
const statuses = new Set<string>(['confirmed', 'held', 'cancelled', 'expired']);

/** The outcome of a request to book, from the booking as it is stored. */
export const outcomeOfBooking = (booking: Booking, remaining: number | null): BookedOutcome => ({
  kind: 'booked',
  status: booking.status,
  reason: booking.reason,
  sequence: booking.sequence,
  price: booking.price,
  remaining,
  seats: booking.seats,
  adjacent: booking.adjacent,
  expiresAtUs: booking.expiresAtUs,
});

/** A verdict as it stands in a notification and in a job's return value. */
export function outcomeTuple(isBook: boolean, verdict: Verdict | undefined): OutcomeTuple {
  if (verdict === undefined) return null;
  if (verdict.kind === 'refused') return ['no', verdict.refusal];
  const { booking } = verdict;
  if (!isBook || booking === undefined) return ['ok'];
  const letter =
    letters[booking.status === 'rejected' ? (booking.reason ?? 'internal_error') : booking.status];
  const remaining = verdict.kind === 'recorded' ? verdict.entry.remaining : null;
  const { sequence, price, seats, adjacent, expiresAtUs } = booking;
  return seats === null && expiresAtUs === null
    ? [letter, sequence, price, remaining]
    : [letter, sequence, price, remaining, seats, adjacent, expiresAtUs];
}

/**
 * The payloads, in as many notifications as it takes, that tell an api process of a job's
 * outcomes; `firstIndex` is the place in the job of the first of them. An outcome that is too long for any is left out: its waiter has to read it.
 */
export function encodeOutcomes(
  jobId: string,
  decidedAtUs: number,
  tuples: readonly OutcomeTuple[],
  firstIndex = 0,
): string[] {
  const payloads: string[] = [];
  const header = (from: number) =>
    `{"jobId":"${jobId}","decidedAtUs":${decidedAtUs},"from":${from},"outcomes":[`;
  let text = header(firstIndex);
  let empty = true;
  tuples.forEach((tuple, index) => {
    // Everything in it is ASCII, so its length is its size in bytes.
    let json = JSON.stringify(tuple);
    if (header(firstIndex + index).length + json.length + 2 > payloadBytesMax) json = missedJson;
    if (!empty && text.length + json.length + 3 > payloadBytesMax) {
      payloads.push(`${text}]}`);
      text = header(firstIndex + index);
      empty = true;
    }
    text += empty ? json : `,${json}`;
    empty = false;
  });
  payloads.push(`${text}]}`);
  return payloads;
}

const missedJson = '["?"]';

/** The inverse of `encodeOutcomes`, for what came in on this process's own channel. */
export function decodeOutcomes(payload: string): OutcomeMessage {
  const message = JSON.parse(payload) as Omit<OutcomeMessage, 'outcomes'> & {
    outcomes: (OutcomeTuple | readonly ['?'])[];
  };
  return { ...message, outcomes: message.outcomes.map(outcomeFromTuple) };
}

function outcomeFromTuple(tuple: OutcomeTuple | readonly ['?']): Outcome {
  if (tuple === null) return { kind: 'unknown-section' };
  if (tuple[0] === '?') return { kind: 'missed' };
  if (tuple[0] === 'ok') return { kind: 'done' };
  if (tuple[0] === 'no') return { kind: 'refused', refusal: tuple[1] as Refusal };
  const [letter, sequence, price, remaining, seats = null, adjacent = null, expiresAtUs = null] =
    tuple as BookedTuple;
  const word = wordOf.get(letter);
  if (word === undefined) throw new Error(`unknown outcome ${JSON.stringify(letter)}`);
  const isStatus = statuses.has(word);
  return {
    kind: 'booked',
    status: isStatus ? (word as BookingStatus) : 'rejected',
    reason: isStatus ? null : (word as RejectionReason),
    sequence,
    price,
    remaining,
    seats,
    adjacent,
    expiresAtUs,
  };
}
