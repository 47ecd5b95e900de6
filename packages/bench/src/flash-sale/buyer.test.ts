import { describe, expect, it } from 'vitest';
import { stepAfterBooking, stepAfterReading } from './buyer.js';

const answer = (status: number, body: unknown, retryAfterMs?: number) => ({
  status,
  body,
  retryAfterMs,
});

describe('a buyer', () => {
  it.each([
    [201, { id: 'b', status: 'confirmed' }, 'confirmed'],
    [409, { type: '/problems/sold-out', bookingId: 'b' }, 'rejected'],
  ])('whose request is answered with %i knows its outcome', (status, body, told) => {
    expect(stepAfterBooking(answer(status, body))).toEqual({
      kind: 'decided',
      bookingId: 'b',
      status: told,
    });
  });

  it('asks again for a queued booking when the server says so', () => {
    const queued = { id: 'b', status: 'queued' };
    const later = { kind: 'queued', bookingId: 'b', afterMs: 2_000 };
    expect(stepAfterBooking(answer(202, queued, 2_000))).toEqual(later);
    expect(stepAfterReading(answer(200, queued, 2_000))).toEqual(later);
  });

  it('reads its outcome from its booking', () => {
    expect(stepAfterReading(answer(200, { id: 'b', status: 'rejected' }))).toEqual({
      kind: 'decided',
      bookingId: 'b',
      status: 'rejected',
    });
  });

  it.each([
    [undefined, 1_000],
    [0, 100],
    [3_000, 3_000],
    [3_600_000, 10_000],
  ])('sent away for %s ms by a full server comes back after %i', (retryAfterMs, afterMs) => {
    const problem = answer(503, { type: '/problems/overloaded' }, retryAfterMs);
    const later = { kind: 'overloaded', afterMs, fault: '503 /problems/overloaded' };
    expect(stepAfterBooking(problem)).toEqual(later);
    expect(stepAfterReading(problem)).toEqual(later);
  });

  it.each([
    ['an error', answer(500, { type: '/problems/internal' }), '500 /problems/internal'],
    ['a page', answer(502, undefined), '502'],
    [
      'a rejection of nothing',
      answer(409, { type: '/problems/sold-out' }),
      '409 /problems/sold-out',
    ],
    ['half a booking', answer(201, { status: 'confirmed' }), 'an answer that is no booking'],
    ['a strange status', answer(201, { id: 'b', status: 'x' }), 'a booking that is x'],
  ])('takes %s for a fault', (_name, given, fault) => {
    expect(stepAfterBooking(given)).toEqual({ kind: 'failed', fault });
  });

  it('takes a booking that is gone for a fault', () => {
    expect(stepAfterReading(answer(404, { type: '/problems/unknown-booking' }))).toEqual({
      kind: 'failed',
      fault: '404 /problems/unknown-booking',
    });
  });
});
