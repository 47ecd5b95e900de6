import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  flawOfRows,
  rowNamePattern,
  rowsForCapacity,
  SeatPlan,
  type SeatRow,
  seatLabelPattern,
  seatsPerRowMax,
} from './seat-plan.js';
import { capacityMax } from './section.js';

const label = new RegExp(seatLabelPattern);
const plan = new SeatPlan([
  { row: 'A', seats: 3 },
  { row: 'A-1', seats: 2 },
  { row: '7', seats: 12 },
]);

const rows: fc.Arbitrary<SeatRow[]> = fc.uniqueArray(
  fc.record({
    row: fc.stringMatching(new RegExp(rowNamePattern)),
    seats: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 12, selector: ({ row }) => row },
);

describe('a seat plan', () => {
  test('counts its seats from the front row to the back, each from left to right', () => {
    const labels = Array.from({ length: plan.count }, (_, position) => plan.labelOf(position));
    expect(labels.slice(0, 6)).toEqual(['A-1', 'A-2', 'A-3', 'A-1-1', 'A-1-2', '7-1']);
    expect(labels.at(-1)).toBe('7-12');
    expect(plan.rows.map(({ start }) => start)).toEqual([0, 3, 5]);
  });

  test.each(['A', 'A-0', 'A-4', 'A-01', 'A-1-3', 'a-1', '-1', '7-', '7-1e0', '7- 1', 'B-1', ''])(
    'has no seat %j',
    (text) => expect(plan.positionOf(text)).toBeUndefined(),
  );

  test.each([-1, 17, 0.5, Number.NaN])('has no position %d', (position) => {
    expect(() => plan.labelOf(position)).toThrow(RangeError);
  });

  type PositionOf = (plan: SeatPlan, text: string) => number | undefined;
  const labelsRoundTrip = (positionOf: PositionOf) =>
    fc.property(rows, (someRows) => {
      const some = new SeatPlan(someRows);
      const positions = Array.from({ length: some.count }, (_, position) => position);
      return positions.every((position) => {
        const text = some.labelOf(position);
        return label.test(text) && positionOf(some, text) === position;
      });
    });

  test('gives every seat a label of its own that leads back to it', () => {
    fc.assert(labelsRoundTrip((some, text) => some.positionOf(text)));
    const endsNameAtFirstHyphen: PositionOf = (some, text) => {
      const [row, number] = text.split('-');
      const placed = some.rows.find((candidate) => candidate.row === row);
      return placed && placed.start + Number(number) - 1;
    };
    expect(fc.check(labelsRoundTrip(endsNameAtFirstHyphen), { numRuns: 1_000 }).failed).toBe(true);
  });

  test('finds the row of every seat', () => {
    fc.assert(
      fc.property(rows, (someRows) => {
        const some = new SeatPlan(someRows);
        return some.rows.every(
          ({ start, seats }, index) =>
            some.rowIndexOf(start) === index && some.rowIndexOf(start + seats - 1) === index,
        );
      }),
    );
  });

  test.each<[string, SeatRow[], number]>([
    ['no rows', [], 0],
    ['an empty name', [{ row: '', seats: 1 }], 0],
    ['a name of 11 characters', [{ row: 'ABCDEFGHIJK', seats: 1 }], 0],
    ['a hyphen at the end of a name', [{ row: 'A-', seats: 1 }], 0],
    ['a name that ends a line', [{ row: 'A\n', seats: 1 }], 0],
    ['a row without seats', [{ row: 'A', seats: 0 }], 0],
    ['half a seat', [{ row: 'A', seats: 1.5 }], 0],
    ['a row that is too long', [{ row: 'A', seats: seatsPerRowMax + 1 }], 0],
    ['a name twice', ['A', 'B', 'A'].map((row) => ({ row, seats: 1 })), 2],
    [
      'more seats than a section has',
      Array.from({ length: 1_001 }, (_, n) => ({ row: `R${n}`, seats: seatsPerRowMax })),
      1_000,
    ],
  ])('is not made from %s', (_, flawed, index) => {
    expect(flawOfRows(flawed)).toMatchObject({ index });
    expect(() => new SeatPlan(flawed)).toThrow(RangeError);
  });
});

describe('the rows made from a capacity', () => {
  const lengths = (capacity: number) => rowsForCapacity(capacity).map(({ seats }) => seats);
  const capacities = fc.integer({ min: 1, max: 20_000 });

  test.each([
    [1, [1]],
    [20, [20]],
    [45, [20, 20, 5]],
  ])('for %i seats are %j long', (capacity, expected) => {
    expect(lengths(capacity)).toEqual(expected);
  });

  test('are named A … Z, AA … ZZ, AAA …', () => {
    const names = rowsForCapacity(capacityMax).map(({ row }) => row);
    expect([0, 25, 26, 51, 52, 701, 702].map((index) => names[index])).toEqual(
      'A Z AA AZ BA ZZ AAA'.split(' '),
    );
  });

  test('have exactly as many seats, and are a plan', () => {
    const sumsUp = (capacity: number) => new SeatPlan(rowsForCapacity(capacity)).count === capacity;
    fc.assert(fc.property(capacities, sumsUp));
    expect(sumsUp(capacityMax)).toBe(true);
  });

  const growsAtTheEnd = (rule: typeof rowsForCapacity) =>
    fc.property(capacities, fc.nat(100), (capacity, more) => {
      const [before, after] = [new SeatPlan(rule(capacity)), new SeatPlan(rule(capacity + more))];
      const positions = Array.from({ length: capacity }, (_, position) => position);
      return positions.every((position) => before.labelOf(position) === after.labelOf(position));
    });

  test('keep the label of every seat when the capacity grows or shrinks behind it', () => {
    fc.assert(growsAtTheEnd(rowsForCapacity));
    const evenLengths: typeof rowsForCapacity = (capacity) =>
      rowsForCapacity(capacity).map(({ row }, index, all) => ({
        row,
        seats: Math.floor((capacity + index) / all.length),
      }));
    expect(fc.check(growsAtTheEnd(evenLengths)).failed).toBe(true);
  });

  test.each([0, -1, 1.5, Number.NaN, capacityMax + 1])('do not exist for %d', (capacity) => {
    expect(() => rowsForCapacity(capacity)).toThrow(RangeError);
  });
});
