import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestAvailable } from './best-available.js';
import { SeatMap } from './seat-map.js';
import { SeatPlan } from './seat-plan.js';

type Rule = typeof bestAvailable;

/** Halls from empty to almost full, and parties for all three steps. */
const request = fc.record({
  map: fc
    .integer({ min: 1, max: 9 })
    .chain((takenOfTen) =>
      fc.array(
        fc
          .array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 12 })
          .map((row) => row.map((seat) => seat <= takenOfTen)),
        { minLength: 1, maxLength: 6 },
      ),
    )
    .map((rows) => {
      const taken = rows.flat();
      return new SeatMap(
        new SeatPlan(rows.map((row, index) => ({ row: `R${index}`, seats: row.length }))),
        [...taken.keys()].filter((position) => taken[position]),
      );
    }),
  quantity: fc.integer({ min: 1, max: 9 }),
});

const rising = (a: number, b: number): number => a - b;
const rowOf = (map: SeatMap, seat: number): number => map.plan.rowIndexOf(seat);
const allSeats = (map: SeatMap): number[] => [...new Array(map.plan.count).keys()];
const freeSeats = (map: SeatMap): number[] => allSeats(map).filter((seat) => map.isFree(seat));
const isFreeBeside = (map: SeatMap, seat: number): boolean =>
  [seat - 1, seat + 1].some((next) => map.isFree(next) && rowOf(map, next) === rowOf(map, seat));
const singlesOf = (map: SeatMap): number[] =>
  freeSeats(map).filter((seat) => !isFreeBeside(map, seat));

function orphansMade(map: SeatMap, seats: readonly number[]): number {
  const before = new Set(singlesOf(map));
  const after = map.clone();
  after.take(seats);
  return singlesOf(after).filter((seat) => !before.has(seat)).length;
}

/** How many groups of neighbours the seats are. */
const piecesOf = (map: SeatMap, seats: readonly number[]): number =>
  seats.filter(
    (seat, n) => n === 0 || seats[n - 1] !== seat - 1 || rowOf(map, seat - 1) !== rowOf(map, seat),
  ).length;

/** Every choice of free seats of one row that leaves out none between them. */
function choicesInOneRow(map: SeatMap, quantity: number): number[][] {
  const free = freeSeats(map);
  return free
    .map((_, n) => free.slice(n, n + quantity))
    .filter((seats) => seats.length === quantity)
    .filter((seats) => rowOf(map, seats[0] as number) === rowOf(map, seats.at(-1) as number));
}

const blocks = (map: SeatMap, quantity: number): number[][] =>
  choicesInOneRow(map, quantity).filter((seats) => piecesOf(map, seats) === 1);

/** What the choice is judged by in steps 1 and 2, the weightiest first; less is better. */
function judged(map: SeatMap, seats: readonly number[]): number[] {
  const [first, last] = [seats[0] as number, seats.at(-1) as number];
  const index = rowOf(map, first);
  const { start, seats: length } = map.plan.rows[index] as { start: number; seats: number };
  const offMiddle = Math.abs((first + last) / 2 - (start + (length - 1) / 2));
  return [
    ...[piecesOf(map, seats), orphansMade(map, seats), index],
    ...[last - first, offMiddle, first],
  ];
}

function bestJudged(map: SeatMap, choices: number[][]): number[] | undefined {
  const order = (a: number[], b: number[]): number =>
    a.map((value, n) => value - (b[n] as number)).find((difference) => difference !== 0) ?? 0;
  const judgedChoices = choices.map((seats) => ({ seats, values: judged(map, seats) }));
  return judgedChoices.sort((a, b) => order(a.values, b.values))[0]?.seats;
}

type Guarantee = (rule: Rule) => fc.IProperty<unknown>;

const findsFreeSeats: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const seats = rule(map, quantity)?.positions;
    if (seats === undefined) return map.free < quantity;
    const inOrder = [...new Set(seats)].sort(rising);
    expect(seats).toEqual(inOrder);
    return seats.length === quantity && seats.every((seat) => map.isFree(seat));
  });

const saysWhatIsAdjacent: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const best = rule(map, quantity);
    return best === undefined || best.adjacent === (piecesOf(map, best.positions) === 1);
  });

const keepsTogether: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const best = rule(map, quantity);
    return blocks(map, quantity).length === 0 || best?.adjacent === true;
  });

const makesNoNeedlessOrphan: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const avoidable = blocks(map, quantity).some((seats) => orphansMade(map, seats) === 0);
    return !avoidable || orphansMade(map, rule(map, quantity)?.positions ?? []) === 0;
  });

const choosesTheBestInOneRow: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const best = bestJudged(map, choicesInOneRow(map, quantity));
    if (best !== undefined) expect(rule(map, quantity)?.positions).toEqual(best);
  });

/** The fewest pieces a party can be in within these rows: it fills the longest gaps first. */
function fewestPieces(map: SeatMap, rows: number, from: number, quantity: number): number {
  const gaps = map.spaces.slice(from, from + rows).flatMap((space) => space.gaps);
  const lengths = gaps.map(({ length }) => length).sort((a, b) => b - a);
  const sums = lengths.map((_, n) => lengths.slice(0, n + 1).reduce((a, b) => a + b));
  return sums.findIndex((sum) => sum >= quantity) + 1 || Number.POSITIVE_INFINITY;
}

const staysCloseAcrossRows: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const enough = choicesInOneRow(map, quantity).length > 0 || map.free < quantity;
    if (enough) return;
    const seats = rule(map, quantity)?.positions ?? [];
    const rows = rowOf(map, seats.at(-1) as number) - rowOf(map, seats[0] as number) + 1;
    const fewest = (count: number): number =>
      Math.min(...map.plan.rows.map((_, from) => fewestPieces(map, count, from, quantity)));
    expect(fewest(rows - 1)).toBe(Number.POSITIVE_INFINITY);
    expect(piecesOf(map, seats)).toBe(fewest(rows));
  });

const changesNothing: Guarantee = (rule) =>
  fc.property(request, ({ map, quantity }) => {
    const before = map.clone();
    const best = rule(map, quantity);
    expect([map.spaces, map.free]).toEqual([before.spaces, before.free]);
    expect(rule(before, quantity)).toEqual(best);
  });

const choice = (map: SeatMap, positions: readonly number[] | undefined) =>
  positions && { positions, adjacent: piecesOf(map, positions) === 1 };

const looksForNoTakenSeat: Rule = (map, quantity) =>
  map.free < quantity ? undefined : choice(map, allSeats(map).slice(0, quantity));
const givesUpApart: Rule = (map, quantity) => {
  const best = bestAvailable(map, quantity);
  return best?.adjacent ? best : undefined;
};
const alwaysSaysAdjacent: Rule = (map, quantity) => {
  const best = bestAvailable(map, quantity);
  return best && { ...best, adjacent: true };
};
const takesTheFirstFree: Rule = (map, quantity) =>
  map.free < quantity ? undefined : choice(map, freeSeats(map).slice(0, quantity));
const takesTheFirstBlock: Rule = (map, quantity) =>
  choice(map, blocks(map, quantity)[0]) ?? bestAvailable(map, quantity);
const prefersTheBack: Rule = (map, quantity) => {
  const all = blocks(map, quantity);
  const good = all.filter((seats) => orphansMade(map, seats) === 0);
  return choice(map, good.at(-1)) ?? bestAvailable(map, quantity);
};
const splitsAnywhere: Rule = (map, quantity) =>
  choice(map, blocks(map, quantity)[0] ? undefined : choicesInOneRow(map, quantity)[0]) ??
  bestAvailable(map, quantity);
const takesWhatItOffers: Rule = (map, quantity) => {
  const best = bestAvailable(map, quantity);
  map.take(best?.positions ?? []);
  return best;
};

describe('for any hall and party', () => {
  const manyRuns = { numRuns: 1_000 };

  test.each<{ promise: string; holds: Guarantee; flawed: Rule }>([
    { promise: 'seats offered are free', holds: findsFreeSeats, flawed: looksForNoTakenSeat },
    { promise: 'there is an offer while seats last', holds: findsFreeSeats, flawed: givesUpApart },
    { promise: 'adjacent is the truth', holds: saysWhatIsAdjacent, flawed: alwaysSaysAdjacent },
    { promise: 'who can sit together does', holds: keepsTogether, flawed: takesTheFirstFree },
    { promise: 'no needless orphan', holds: makesNoNeedlessOrphan, flawed: takesTheFirstBlock },
    { promise: 'the best block', holds: choosesTheBestInOneRow, flawed: prefersTheBack },
    { promise: 'the best split of a row', holds: choosesTheBestInOneRow, flawed: splitsAnywhere },
    { promise: 'the nearest rows', holds: staysCloseAcrossRows, flawed: takesTheFirstFree },
    { promise: 'an offer takes nothing', holds: changesNothing, flawed: takesWhatItOffers },
  ])('$promise; a rule that $flawed.name is caught', ({ holds, flawed }) => {
    fc.assert(holds(bestAvailable), manyRuns);
    expect(fc.check(holds(flawed), manyRuns).failed).toBe(true);
  });
});
