import {
  bookingIdOf,
  type Command,
  isBookingId,
  jobIdFrom,
  type Terms,
  tailMax,
} from '@stile/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJob, encodeJob } from './job-data.js';

const jobId = jobIdFrom({ timeMs: 1_700_000_000_000, lane: 3, processNumber: 7, counter: 9 });
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const count = fc.integer({ min: 1, max: 1_000_000 });
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values);
const seat = fc.stringMatching(/^[A-Za-z0-9]{1,10}-[1-9][0-9]{0,2}$/);
const terms: fc.Arbitrary<Partial<Terms>> = fc.record(
  {
    ...{ capacity: count, price: fc.nat(1_000_000_000), closed: fc.boolean() },
    ...{ maxPerBooking: orNull(count), maxPerUser: orNull(count) },
    holdSeconds: fc.integer({ min: 1, max: 86_400 }),
    ...{ salesOpenAtUs: orNull(fc.nat(2 ** 51)), salesCloseAtUs: orNull(fc.nat(2 ** 51)) },
  },
  { requiredKeys: [] },
);

/** What tells a command from others of its kind. */
const matter = fc.oneof(
  fc
    .record(
      {
        ...{ kind: fc.constant('book' as const), quantity: count },
        ...{ userId: fc.uuid(), hold: fc.constant(true) },
        seats: fc.array(seat, { minLength: 1, maxLength: 8 }),
      },
      { requiredKeys: ['kind', 'quantity'] },
    )
    // One that names nothing but a quantity is by far the most frequent.
    .chain((book) => fc.constantFrom(book, { kind: book.kind, quantity: book.quantity })),
  fc.record({
    kind: fc.constantFrom('confirm' as const, 'cancel' as const, 'expire' as const),
    bookingId: fc.uuid(),
  }),
  fc.record({ kind: fc.constant('change' as const), terms }),
);

const caller = fc.constantFrom(
  'user:ann',
  'user:auth0|5f',
  'key:0123456789ab',
  `user:${'~'.repeat(200)}`,
);

/** The commands of one job, as the producer makes them: accepted in the order they stand. */
const commandsOfJob = fc
  .tuple(
    fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 5 }),
    fc.array(
      fc.tuple(matter, fc.nat({ max: tailMax }), fc.nat(4), fc.nat(10_000_000), fc.option(caller)),
      { maxLength: 60, size: 'max' },
    ),
    fc.nat(2 ** 51),
  )
  .map(([sections, requests, acceptedAtUs]) => {
    let lastUs = acceptedAtUs;
    return requests.map(([what, tail, section, afterUs, by]): Command => {
      lastUs += afterUs;
      return {
        ...what,
        id: bookingIdOf(jobId, tail),
        sectionId: sections[section % sections.length] as string,
        acceptedAtUs: lastUs,
        ...(by === null ? {} : { caller: by }),
      };
    });
  });

/** What a job's data is after its stay in the queue. */
const stored = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1_000_000;

function isValid(command: Command): boolean {
  const { id, sectionId, acceptedAtUs } = command;
  if (!isBookingId(id) || !uuidPattern.test(sectionId)) return false;
  if (!Number.isSafeInteger(acceptedAtUs) || acceptedAtUs < 0) return false;
  switch (command.kind) {
    case 'book': {
      const { quantity, userId, seats, hold } = command;
      const isUser = userId === undefined || uuidPattern.test(userId);
      const areSeats = seats === undefined || (seats.length > 0 && seats.every(isLabel));
      return isCount(quantity) && isUser && areSeats && (hold ?? true) === true;
    }
    case 'change': {
      const { capacity = 1, price = 0, closed = false, ...others } = command.terms;
      const numbers = Object.values(others).every((value) => value === null || isSafe(value));
      return isCount(capacity) && isSafe(price) && typeof closed === 'boolean' && numbers;
    }
    default:
      return uuidPattern.test(command.bookingId);
  }
}

const isSafe = (value: unknown): boolean => Number.isSafeInteger(value);
const isLabel = (label: string): boolean => /^[A-Za-z0-9-]{1,20}$/.test(label);

const isRefusedOrValid = (data: unknown): boolean => decodeJob(jobId, data)?.every(isValid) ?? true;

const sectionId = '018f0000-0000-7000-8000-00000000000a';
const head = (tail: number) => ({
  ...{ id: bookingIdOf(jobId, tail), sectionId },
  acceptedAtUs: 1_700_000_000_000_000 + tail,
});
const bookingId = bookingIdOf(jobId, 9);
const everyKind: readonly Command[] = [
  { ...head(1), kind: 'book', quantity: 1 },
  { ...head(2), kind: 'book', quantity: 2, userId: sectionId, hold: true, seats: ['A-1', 'A-2'] },
  { ...head(3), kind: 'confirm', bookingId },
  { ...head(4), kind: 'cancel', bookingId },
  { ...head(5), kind: 'expire', bookingId },
  { ...head(6), kind: 'change', terms: { capacity: 7, maxPerUser: null } },
];
const good = stored(encodeJob(everyKind, 7)) as Record<string, unknown> & { commands: unknown[][] };
const withCommand = (...tuple: readonly unknown[]) => ({ ...good, commands: [tuple] });

describe('job data', () => {
  test('brings the commands through the queue as they were, in their order', () => {
    fc.assert(
      fc.property(
        commandsOfJob,
        fc.option(fc.nat(65_535), { nil: undefined }),
        (commands, reply) => {
          const data = stored(encodeJob(commands, reply)) as { replyTo?: number };
          expect(decodeJob(jobId, data)).toEqual(commands);
          expect(data.replyTo).toBe(reply);
        },
      ),
    );
  });

  test('of a request for seats says no more than it must: 30 bytes, each section once', () => {
    const commands = Array.from(
      { length: 500 },
      (_, n): Command => ({
        ...{ kind: 'book', id: bookingIdOf(jobId, 0xffff_0000 + n), sectionId, quantity: 4 },
        acceptedAtUs: 1_700_000_000_000_000 + n * 10,
      }),
    );
    const data = encodeJob(commands, 7);
    expect(data.sections).toHaveLength(1);
    expect(JSON.stringify(data).length).toBeLessThan(500 * 30);
  });

  test('of a job that somebody else made is refused or yields valid commands, and never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), isRefusedOrValid));
    fc.assert(fc.property(fc.anything(), isRefusedOrValid));
  });

  test('that was tampered with is refused or yields valid commands, and never throws', () => {
    const anyNumber = fc.oneof(fc.nat(3), fc.integer(), fc.double(), fc.constant(1e300));
    const anyValue = fc.oneof(fc.jsonValue(), anyNumber, fc.constantFrom('b', 'c', 'x', 'e', 't'));
    const withOneChanged = fc
      .tuple(fc.nat(everyKind.length - 1), fc.nat(8), anyValue)
      .map(([n, place, value]) => ({
        ...good,
        commands: good.commands.map((tuple, at) =>
          at === n ? tuple.with(place % tuple.length, value) : tuple,
        ),
      }));
    const tampered = fc.oneof(
      fc.tuple(fc.constantFrom(...Object.keys(good)), anyValue).map(([key, value]) => ({
        ...good,
        [key]: value,
      })),
      { weight: 3, arbitrary: withOneChanged },
      fc.array(fc.array(anyValue, { minLength: 4, maxLength: 9 })).map((commands) => ({
        ...good,
        commands,
      })),
      fc.array(anyValue).map((sections) => ({ ...good, sections })),
    );
    fc.assert(fc.property(tampered, isRefusedOrValid), { numRuns: 1_000 });
  });

  test('of every kind of command is taken as it stands', () => {
    expect(decodeJob(jobId, good)).toEqual(everyKind);
    for (const tuple of good.commands) {
      expect(decodeJob(jobId, withCommand(...tuple))).toHaveLength(1);
    }
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['no commands', { ...good, commands: undefined }],
    ['a command of no known kind', withCommand('z', 1, 0, 0, 1)],
    ['a quantity of zero', withCommand('b', 1, 0, 0, 0)],
    ['a fractional quantity', withCommand('b', 1, 0, 0, 1.5)],
    ['a quantity above the largest section', withCommand('b', 1, 0, 0, 1_000_001)],
    ['a user that is no uuid', withCommand('b', 1, 0, 0, 1, 'me', false, null)],
    ['no seats chosen', withCommand('b', 1, 0, 0, 1, null, false, [])],
    ['a seat that needs quoting', withCommand('b', 1, 0, 0, 1, null, false, ['A,1'])],
    ['a confirmation of what is no booking', withCommand('c', 1, 0, 0, 'all')],
    ['a term that there is not', withCommand('t', 1, 0, 0, { remaining: 100 })],
    ['a capacity of zero', withCommand('t', 1, 0, 0, { capacity: 0 })],
    ['a tail beyond 44 bits', withCommand('b', tailMax + 1, 0, 0, 1)],
    ['a caller that is not among the callers', { ...good, by: [1] }],
    ['a caller with a space', { ...good, callers: ['user: ann'], by: [1] }],
    ['callers that are no list', { ...good, callers: 'user:ann', by: [1] }],
    ['a section that is not in the list', withCommand('b', 1, 1, 0, 1)],
    ['a section that is no uuid', { ...good, sections: ["'; DROP TABLE sections"] }],
    ['a time no clock shows', { ...good, acceptedAtUs: 1e300 }],
    ['a time before 1970', { ...good, acceptedAtUs: -1 }],
    ['a delay that leads beyond any clock', withCommand('b', 1, 0, 1e300, 1)],
  ])('with %s is refused', (_what, data) => {
    expect(decodeJob(jobId, data)).toBeUndefined();
  });

  test('under an id that no api gives is refused', () => {
    for (const forged of ['1', '', 'repeat:a:1', `${jobId} `]) {
      expect(decodeJob(forged, good)).toBeUndefined();
    }
  });
});
