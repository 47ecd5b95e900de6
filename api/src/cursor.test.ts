import { bookingIdOf, jobIdFrom, tailMax } from '@stile/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorAfter, idFromCursor, pageOf } from './cursor.js';
import { ProblemError } from './problems.js';

const ids = fc
  .record({
    timeMs: fc.nat(2 ** 48 - 1),
    lane: fc.nat(1023),
    processNumber: fc.nat(65_535),
    counter: fc.nat(15),
    tail: fc.nat({ max: tailMax }),
  })
  .map(({ tail, ...job }) => bookingIdOf(jobIdFrom(job), tail));

const refusal = (cursor: string): unknown => {
  try {
    return idFromCursor(cursor);
  } catch (error) {
    return error;
  }
};

describe('a cursor', () => {
  test('leads back to the id it was made of, and needs no escaping in an address', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const cursor = cursorAfter(id);
        expect(cursor).toMatch(/^[\w-]{22}$/);
        expect(idFromCursor(cursor)).toBe(id);
      }),
    );
  });

  test('that is not ours is refused with a 400 that names it', () => {
    const foreign = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.uuid({ version: 4 }).map(cursorAfter),
      fc.tuple(ids, fc.string({ minLength: 1 })).map(([id, more]) => cursorAfter(id) + more),
      ids.map((id) => cursorAfter(id).slice(1)),
    );
    fc.assert(
      fc.property(foreign, (cursor) => {
        expect(refusal(cursor)).toMatchObject({
          code: 'validation',
          details: { members: { errors: [{ path: '/cursor' }] } },
        });
      }),
      { numRuns: 500 },
    );
  });

  test('in another spelling of the same bytes is refused: each page has one cursor', () => {
    const cursor = cursorAfter('018f0000-0000-7000-8000-000000000001');
    expect(cursor).toMatch(/Q$/);
    for (const spelling of [`${cursor}==`, `${cursor.slice(0, -1)}R`, ` ${cursor}`]) {
      expect(refusal(spelling)).toBeInstanceOf(ProblemError);
    }
  });
});

describe('a page', () => {
  const rows = ['a', 'b', 'c'].map((digit) => ({
    id: `018f0000-0000-7000-8000-00000000000${digit}`,
  }));

  test('of one row too many has a cursor behind its last row', () => {
    const page = pageOf(rows, 2, ({ id }) => id.at(-1));
    expect(page.data).toEqual(['a', 'b']);
    expect(idFromCursor(page.nextCursor ?? '')).toBe(rows[1]?.id);
  });

  test.each([3, 4, 100])('that fits into a limit of %d is the last one', (limit) => {
    expect(pageOf(rows, limit, ({ id }) => id).nextCursor).toBeNull();
  });

  test('of nothing is empty and the last one', () => {
    expect(pageOf([], 20, (row) => row)).toEqual({ data: [], nextCursor: null });
  });
});
