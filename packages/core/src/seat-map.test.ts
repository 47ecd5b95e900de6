import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orphans, SeatMap } from './seat-map.js';
import { SeatPlan } from './seat-plan.js';

const planOf = (...lengths: number[]): SeatPlan =>
  new SeatPlan(lengths.map((seats, index) => ({ row: `R${index}`, seats })));

/** One string a row: a point for each free seat, an X for each taken one. */
const drawn = (map: SeatMap): string[] =>
  map.plan.rows.map(({ start, seats }) =>
    Array.from({ length: seats }, (_, n) => (map.isFree(start + n) ? '.' : 'X')).join(''),
  );

describe('a seat map', () => {
  test('begins with all seats free but those it is told', () => {
    const map = new SeatMap(planOf(3, 4), [1, 6]);
    expect(drawn(map)).toEqual(['.X.', '...X']);
    expect(map.free).toBe(5);
  });

  test('has neither free nor taken seats beyond its plan', () => {
    const map = new SeatMap(planOf(3));
    expect([-1, 3, 0.5].map((position) => map.isFree(position))).toEqual([false, false, false]);
    for (const position of [-1, 3, 0.5]) {
      expect(() => map.take([position])).toThrow(RangeError);
      expect(() => map.release([position])).toThrow(RangeError);
    }
  });

  test('takes and releases all seats it is asked for or none', () => {
    const map = new SeatMap(planOf(4), [1]);
    for (const wrong of [() => map.take([0, 1]), () => map.take([2, 3, 2])]) {
      expect(wrong).toThrow(RangeError);
    }
    expect(() => map.release([1, 0])).toThrow(RangeError);
    expect(() => map.release([1, 1])).toThrow(RangeError);
    expect([drawn(map), map.free]).toEqual([['.X..'], 3]);
  });

  test('tells the gaps of each row', () => {
    const map = new SeatMap(planOf(6, 2), [2, 6, 7]);
    expect(map.spaces).toEqual([
      {
        ...{ row: { row: 'R0', seats: 6, start: 0 }, free: 5, longestGap: 3 },
        gaps: [
          { start: 0, length: 2 },
          { start: 3, length: 3 },
        ],
      },
      { row: { row: 'R1', seats: 2, start: 6 }, free: 0, gaps: [], longestGap: 0 },
    ]);
  });

  test('counts the single free seats between taken ones and the walls', () => {
    // .X. | ..X | X | . | X..X: two in the first row, and the row of one seat.
    expect(orphans(new SeatMap(planOf(3, 3, 1, 1, 4), [1, 5, 6, 8, 11]))).toBe(3);
  });
});

/** A map class keeps this promise: after any changes it equals a map made afresh. */
const isAsMadeAfresh = (AnyMap: typeof SeatMap) =>
  fc.property(
    fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
    fc.array(fc.tuple(fc.boolean(), fc.array(fc.nat(44), { maxLength: 6 })), { maxLength: 20 }),
    (lengths, steps) => {
      const plan = planOf(...lengths);
      const taken = new Set<number>();
      let map = new AnyMap(plan);
      for (const [goesOnWithClone, wishes] of steps) {
        const seats = [...new Set(wishes.map((wish) => wish % plan.count))];
        const released = seats.filter((seat) => taken.delete(seat));
        const added = seats.filter((seat) => !released.includes(seat));
        for (const seat of added) taken.add(seat);
        const before = map;
        const drawnBefore = drawn(before);
        if (goesOnWithClone) map = map.clone();
        map.release(released);
        map.take(added);
        if (goesOnWithClone) expect(drawn(before)).toEqual(drawnBefore);
        const afresh = new SeatMap(plan, taken);
        expect([drawn(map), map.free, map.spaces, orphans(map)]).toEqual([
          ...[drawn(afresh), plan.count - taken.size, afresh.spaces, orphans(afresh)],
        ]);
      }
    },
  );

describe('after any takes, releases and clones', () => {
  class ForgetsReleases extends SeatMap {
    override release(): void {}
  }
  class SharesItsSeats extends SeatMap {
    override clone(): SeatMap {
      return this;
    }
  }

  test('a seat map is as one made afresh, and its clones are their own', () => {
    fc.assert(isAsMadeAfresh(SeatMap));
    expect(fc.check(isAsMadeAfresh(ForgetsReleases)).failed).toBe(true);
    expect(fc.check(isAsMadeAfresh(SharesItsSeats)).failed).toBe(true);
  });
});
