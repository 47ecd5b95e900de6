import { describe, expect, test } from 'vitest';
import { bestAvailable } from './best-available.js';
import { SeatMap } from './seat-map.js';
import { rowsForCapacity, SeatPlan } from './seat-plan.js';

/** One string a row, the front first: a point for each free seat, an X for each taken one. */
function hall(...rows: string[]): SeatMap {
  const plan = new SeatPlan(rows.map((row, index) => ({ row: `R${index}`, seats: row.length })));
  const seats = [...rows.join('')];
  return new SeatMap(
    plan,
    [...seats.keys()].filter((position) => seats[position] === 'X'),
  );
}

/** The hall with an o for each seat offered. */
function offered(rows: string[], quantity: number): string[] | undefined {
  const map = hall(...rows);
  const best = bestAvailable(map, quantity);
  if (best === undefined) return undefined;
  const seats = [...rows.join('')];
  for (const position of best.positions) seats[position] = 'o';
  return map.plan.rows.map((row) => seats.slice(row.start, row.start + row.seats).join(''));
}

interface Example {
  readonly clerk: string;
  readonly quantity: number;
  readonly rows: string[];
  readonly offer: string[];
}

describe('side by side, a clerk', () => {
  test.each<Example>([
    {
      clerk: 'gives the middle of the front row',
      ...{ quantity: 3, rows: ['.......', '.......'], offer: ['..ooo..', '.......'] },
    },
    {
      clerk: 'leaves the middle rather than one seat at the wall',
      ...{ quantity: 3, rows: ['.....'], offer: ['ooo..'] },
    },
    {
      clerk: 'seats a party up against the one before',
      ...{ quantity: 2, rows: ['....XX....'], offer: ['..ooXX....'] },
    },
    {
      clerk: 'fills a pair with a pair',
      ...{ quantity: 2, rows: ['...X..X...'], offer: ['...XooX...'] },
    },
    {
      clerk: 'goes a row back rather than leave one seat',
      ...{ quantity: 2, rows: ['...', '....'], offer: ['...', 'oo..'] },
    },
    {
      clerk: 'goes a row back rather than seat a single in a pair',
      ...{ quantity: 1, rows: ['XX..XX', 'XX...X'], offer: ['XX..XX', 'XXo..X'] },
    },
    {
      clerk: 'gives a single the seat that was left alone',
      ...{ quantity: 1, rows: ['..X.X..'], offer: ['..XoX..'] },
    },
    {
      clerk: 'stays in front when every row would keep one seat over',
      ...{ quantity: 2, rows: ['XX...X', '...XXX'], offer: ['XXoo.X', '...XXX'] },
    },
    {
      clerk: 'goes to the last row rather than part a couple',
      ...{ quantity: 2, rows: ['.X.X.', '.X.X.', 'XXX..'], offer: ['.X.X.', '.X.X.', 'XXXoo'] },
    },
    {
      clerk: 'does not take the end of one row and the start of the next for neighbours',
      ...{ quantity: 2, rows: ['XX.', '.XX', '..X'], offer: ['XX.', '.XX', 'ooX'] },
    },
  ])('$clerk', ({ quantity, rows, offer }) => {
    expect(offered(rows, quantity)).toEqual(offer);
    expect(bestAvailable(hall(...rows), quantity)?.adjacent).toBe(true);
  });
});

describe('when nobody has that many side by side, a clerk', () => {
  test.each<Example>([
    {
      clerk: 'keeps the party in one row',
      ...{ quantity: 4, rows: ['...X', '..X..', '...X'], offer: ['...X', 'ooXoo', '...X'] },
    },
    {
      clerk: 'makes two pairs of four rather than singles in front',
      ...{ quantity: 4, rows: ['.X.X.X.', '..XXX..'], offer: ['.X.X.X.', 'ooXXXoo'] },
    },
    {
      clerk: 'leaves no single seat between the pieces or beside them',
      ...{ quantity: 5, rows: ['....X...X'], offer: ['..ooXoooX'] },
    },
    {
      clerk: 'keeps the pieces close together',
      ...{ quantity: 4, rows: ['..XXXX..X..'], offer: ['..XXXXooXoo'] },
    },
    {
      clerk: 'stays in front',
      ...{ quantity: 2, rows: ['.X.', '.X.'], offer: ['oXo', '.X.'] },
    },
    {
      clerk: 'takes rows one behind the other when no row is enough',
      ...{ quantity: 4, rows: ['..X', 'XXX', '..X', 'X..'], offer: ['..X', 'XXX', 'ooX', 'Xoo'] },
    },
    {
      clerk: 'takes two pairs in two rows rather than singles in front',
      ...{ quantity: 4, rows: ['.X.', '.X.', '..X', '..X'], offer: ['.X.', '.X.', 'ooX', 'ooX'] },
    },
    {
      clerk: 'stays in front with two rows too',
      ...{ quantity: 3, rows: ['..', '..', '..'], offer: ['oo', 'o.', '..'] },
    },
    {
      clerk: 'seats the last of a party where nobody is left alone',
      ...{ quantity: 6, rows: ['.....', '..X...'], offer: ['ooooo', '..Xo..'] },
    },
    {
      clerk: 'seats the last of a party on a single seat rather than break up three',
      ...{ quantity: 6, rows: ['.....', '...X.'], offer: ['ooooo', '...Xo'] },
    },
    {
      clerk: 'gives what there is, when it is just enough',
      ...{ quantity: 3, rows: ['.XX', 'XXX', 'XX.', '.XX'], offer: ['oXX', 'XXX', 'XXo', 'oXX'] },
    },
  ])('$clerk', ({ quantity, rows, offer }) => {
    expect(offered(rows, quantity)).toEqual(offer);
    expect(bestAvailable(hall(...rows), quantity)?.adjacent).toBe(false);
  });

  test('has nothing to offer only when fewer seats are free', () => {
    expect(offered(['.X.', 'X.X'], 4)).toBeUndefined();
    expect(offered(['XXX'], 1)).toBeUndefined();
  });

  test.each([0, -1, 1.5, Number.NaN])('is not asked for %d seats', (quantity) => {
    expect(() => bestAvailable(hall('....'), quantity)).toThrow(RangeError);
  });
});

describe('a hall of 20,000 seats', () => {
  const plan = new SeatPlan(rowsForCapacity(20_000));
  const batchSize = 500;
  // The goal is 100 ms for a batch. Ten times as much still tells a search that has become
  // quadratic, and a machine that is busy with other things doesn't fail the test.
  const batchMsMax = 1_000;

  const takenIn: Record<string, (seat: number) => boolean> = {
    'an empty hall': () => false,
    'a hall sold out but for its last rows': (seat) => seat < 18_000,
    'a hall with every other seat taken': (seat) => seat % 2 === 1,
    'a hall with seven scattered seats in each row': (seat) =>
      ![0, 2, 3, 7, 8, 13, 18].includes(seat % 20),
    'a hall with one seat in each row': (seat) => seat % 20 !== 7,
  };

  test.each(Object.keys(takenIn))('decides 500 parties of 1–6 well under a second: %s', (name) => {
    const taken = Array.from({ length: plan.count }, (_, seat) => seat).filter(
      takenIn[name] as (seat: number) => boolean,
    );
    const map = new SeatMap(plan, taken);
    const startMs = performance.now();
    for (let n = 0; n < batchSize; n++) {
      map.take(bestAvailable(map, 1 + ((n * 7) % 6))?.positions ?? []);
    }
    expect(performance.now() - startMs).toBeLessThan(batchMsMax);
    expect(map.free).toBeLessThan(plan.count - taken.length);
  });
});
