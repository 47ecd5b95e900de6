import { describe, expect, test } from 'vitest';
import type { Observation, RequestHistory } from '../history.js';
import { checkDecided } from './check-decided.js';
import { checkLives } from './check-lives.js';
import { checkOrder } from './check-order.js';
import { checkSeats } from './check-seats.js';
import { checkTold } from './check-told.js';
import type { SectionEvidence } from './section-evidence.js';
import type { LedgerRow, StoredBooking } from './section-truth.js';

const booking = (id: string, given: Partial<StoredBooking> = {}): StoredBooking => ({
  ...{ id, quantity: 1, status: 'confirmed', reason: null, seats: null, expiresMs: null },
  ...{ sequence: 1, ...given },
});

const decision = (
  bookingId: string,
  sequence: number,
  given: Partial<LedgerRow> = {},
): LedgerRow => ({
  ...{ sequence, command: 'book', bookingId, outcome: 'confirmed', decidedMs: 100 * sequence },
  ...given,
});

const told = (bookingId: string, given: Partial<Observation> = {}): Observation => ({
  ...{ sentMs: 0, heardMs: 10, bookingId, status: 'confirmed', ...given },
});

const request = (
  observations: readonly Observation[],
  given: Partial<RequestHistory> = {},
): RequestHistory => ({
  ...{ sectionId: 's', quantity: 1, sentMs: 0, unanswered: 0, cancelAsked: false, ...given },
  observations: [...observations],
});

function evidence(given: {
  bookings?: readonly StoredBooking[];
  ledger?: readonly LedgerRow[];
  requests?: readonly RequestHistory[];
  emptied?: SectionEvidence['emptied'];
}): SectionEvidence {
  const { bookings = [booking('a')], ledger = [], requests = [], emptied = [] } = given;
  const confirmed = bookings
    .filter(({ status }) => status === 'confirmed')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    truth: {
      ...{ id: 's', capacity: 2, held: 0, confirmed, remaining: 2 - confirmed, ledger },
      ...{ bookings: new Map(bookings.map((one) => [one.id, one])), bookingOfKey: new Map() },
    },
    ...{ requests, emptied },
  };
}

describe('what a client was told', () => {
  test.each<[string, readonly Observation[], number]>([
    ['what the database says', [told('a', { status: 'queued' }), told('a')], 0],
    ['an outcome that is not stored', [told('a', { status: 'rejected' })], 1],
    ['queued after it was decided', [told('a'), told('a', { status: 'queued' })], 1],
    ['another place in the section', [told('a', { sequence: 7 })], 1],
    ['other seats', [told('a', { seats: ['A-1'] })], 1],
    ['two bookings for one request', [told('a'), told('b')], 1],
    ['that it is unknown', [told('a'), told('a', { status: 'missing' })], 1],
  ])('is compared: %s', (_what, observations, violations) => {
    expect(checkTold(evidence({ requests: [request(observations)] }))).toHaveLength(violations);
  });

  test('may be that it is unknown when the queue was emptied', () => {
    const requests = [request([told('a'), told('a', { status: 'missing' })])];
    expect(checkTold(evidence({ requests, emptied: [{ fromMs: 5, toMs: 6 }] }))).toEqual([]);
  });
});

test('a booking is cancelled by its own client only', () => {
  const bookings = [booking('a', { status: 'cancelled' })];
  const unasked = [request([told('a')])];
  expect(checkTold(evidence({ bookings, requests: unasked }))).toHaveLength(1);
  const asked = [request([told('a')], { cancelAsked: true })];
  expect(checkTold(evidence({ bookings, requests: asked }))).toEqual([]);
});

describe('an accepted request that is not decided', () => {
  const emptied = [{ fromMs: 5, toMs: 6 }];
  const withoutKey = request([told('x', { status: 'queued' })]);
  const withKey = { ...withoutKey, key: 'k' };

  test('is lost', () => {
    expect(checkDecided(evidence({ requests: [withoutKey] }))).toHaveLength(1);
  });
  test('may be lost with the queue, unless it has a key', () => {
    expect(checkDecided(evidence({ requests: [withoutKey], emptied }))).toEqual([]);
    expect(checkDecided(evidence({ requests: [withKey], emptied }))).toHaveLength(1);
  });
});

test('two decisions for one booking are one too many', () => {
  const ledger = [decision('a', 1), decision('a', 2)];
  expect(checkDecided(evidence({ ledger }))).toHaveLength(1);
});

describe('a request that was sent after another one was accepted', () => {
  const first = request([told('a', { heardMs: 10 })], { sentMs: 0 });
  const second = request([told('b', { heardMs: 30 })], { sentMs: 20 });
  const requests = [first, second];

  test('is decided after it', () => {
    const inOrder = [decision('a', 1), decision('b', 2)];
    expect(checkOrder(evidence({ ledger: inOrder, requests }))).toEqual([]);
    const outOfOrder = [decision('b', 1), decision('a', 2)];
    expect(checkOrder(evidence({ ledger: outOfOrder, requests }))).toHaveLength(1);
  });
});

describe('the seats of a section', () => {
  const now = 1_000_000;

  test('are sold once each, and no more than there are', () => {
    const twice = [booking('a', { seats: ['A-1'] }), booking('b', { seats: ['A-1'] })];
    expect(checkSeats(evidence({ bookings: twice }), now)).toHaveLength(1);
    const tooMany = [booking('a', { quantity: 3 })];
    expect(checkSeats(evidence({ bookings: tooMany }), now)).toHaveLength(1);
  });

  test('are not promised to two clients, whatever is stored', () => {
    const requests = ['a', 'b'].map((id) => request([told(id, { seats: ['A-1'] })]));
    expect(checkSeats(evidence({ requests }), now)).toHaveLength(1);
  });

  test('are given back when a hold is over', () => {
    const held = booking('a', { status: 'held', expiresMs: now - 60_000 });
    const promises = checkSeats(evidence({ bookings: [held] }), now).map((one) => one.detail);
    expect(promises).toContain('the hold a ended and is still held');
  });
});

test('a booking that is over stays over', () => {
  const bookings = [booking('a', { status: 'confirmed' })];
  const expired = decision('a', 2, { command: 'expire', outcome: 'expired' });
  const confirmed = decision('a', 3, { command: 'confirm', outcome: 'confirmed' });
  const held = decision('a', 1, { outcome: 'held' });
  expect(checkLives(evidence({ bookings, ledger: [held, confirmed] }))).toEqual([]);
  expect(checkLives(evidence({ bookings, ledger: [held, expired, confirmed] }))).toHaveLength(1);
});
