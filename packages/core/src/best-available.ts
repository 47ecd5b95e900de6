import type { Gap, RowSpace, SeatMap } from './seat-map.js';

/** The seats offered to one booking. */
export interface BestSeats {
  /** Rising. */
  readonly positions: readonly number[];
  /** True when the seats are side by side in one row. */
  readonly adjacent: boolean;
}

/**
 * Free seats for one booking, as a box-office clerk would choose them; after Seats.io's best
 * available. `undefined` only when fewer than `quantity` are free. Deterministic; changes nothing.
 * Throws a RangeError unless `quantity` is a positive integer.
 *
 * An orphan is a free seat left alone between taken seats and walls that had a free neighbour
 * before. The first step that finds seats decides:
 *
 * 1. Side by side in one row. A block that leaves no orphan, in any row, goes before one that
 *    does; then the row nearest the front; then the block nearest the middle of its row.
 * 2. One row, in pieces, with no free seat left out between them: the fewest pieces; then the
 *    fewest orphans; then the row nearest the front; then the shortest span from the party's first
 *    seat to its last; then nearest the middle.
 * 3. Several rows: the fewest rows from its first to its last, then the fewest pieces, then
 *    nearest the front. See `acrossRows`.
 *
 * Whatever is equal still goes to the seat furthest left.
 */
export function bestAvailable(map: SeatMap, quantity: number): BestSeats | undefined {
  if (!Number.isInteger(quantity) || quantity < 1) {
    throw new RangeError(`quantity must be a positive integer, not ${quantity}`);
  }
  if (quantity > map.free) return undefined;
  const block = sideBySide(map, quantity);
  if (block !== undefined) return { positions: block, adjacent: true };
  return { positions: inOneRow(map, quantity) ?? acrossRows(map, quantity), adjacent: false };
}

/** A block of this size can be cut from the gap without leaving a single seat over. */
const leavesNoOrphan = (gap: Gap, quantity: number): boolean =>
  gap.length === quantity || gap.length >= quantity + 2;

/** Step 1. Every block leaves one orphan when no gap takes it without, so none is better then. */
function sideBySide(map: SeatMap, quantity: number): number[] | undefined {
  let withOrphan: RowSpace | undefined;
  for (const space of map.spaces) {
    if (space.longestGap < quantity) continue;
    if (space.gaps.some((gap) => leavesNoOrphan(gap, quantity))) {
      return bestInRow(space, quantity).positions;
    }
    withOrphan ??= space;
  }
  return withOrphan && bestInRow(withOrphan, quantity).positions;
}

/** Step 2. */
function inOneRow(map: SeatMap, quantity: number): number[] | undefined {
  let best: RowChoice | undefined;
  for (const space of map.spaces) {
    if (space.free < quantity) continue;
    const piecesMin = Math.ceil(quantity / space.longestGap);
    if (best !== undefined && best.cost <= costOf(piecesMin, 0)) continue;
    const choice = bestInRow(space, quantity);
    if (best === undefined || choice.cost < best.cost) best = choice;
  }
  return best?.positions;
}

interface RowChoice {
  readonly positions: number[];
  /** Compares rows: pieces, then orphans. */
  readonly cost: number;
}

/** There are at most two orphans, one at either end. */
const costOf = (pieces: number, orphans: number): number => pieces * 3 + orphans;

/**
 * The best `quantity` free seats of a row that has as many. They follow one another: a free seat
 * between two of them is one of them too, so only the gaps at the two ends can be cut.
 */
function bestInRow({ row, gaps }: RowSpace, quantity: number): RowChoice {
  const seats: number[] = [];
  const gapOfSeat: number[] = [];
  for (const [index, { start, length }] of gaps.entries()) {
    for (let seat = start; seat < start + length; seat++) {
      seats.push(seat);
      gapOfSeat.push(index);
    }
  }
  const rowEnds = 2 * row.start + row.seats - 1;
  let best = { from: 0, cost: Number.POSITIVE_INFINITY, spread: 0 };
  for (let from = 0, to = quantity - 1; to < seats.length; from++, to++) {
    const [first, last] = [seats[from] as number, seats[to] as number];
    const [firstGap, lastGap] = [gapOfSeat[from] as number, gapOfSeat[to] as number];
    const before = first - (gaps[firstGap] as Gap).start;
    const behind = (gaps[lastGap] as Gap).start + (gaps[lastGap] as Gap).length - 1 - last;
    const cost = costOf(lastGap - firstGap + 1, Number(before === 1) + Number(behind === 1));
    // The span counts for more than any distance from the middle.
    const spread = (last - first) * 2 * row.seats + Math.abs(first + last - rowEnds);
    if (cost < best.cost || (cost === best.cost && spread < best.spread)) {
      best = { from, cost, spread };
    }
  }
  return { positions: seats.slice(best.from, best.from + quantity), cost: best.cost };
}

/**
 * Step 3, when no row has as many free seats: rows as near each other as possible.
 *
 * Among the shortest stretches of rows that have enough seats it chooses the one where the party
 * needs the fewest pieces, then the one nearest the front. There the party fills the longest gaps,
 * front first, and cuts its last piece from one more, without leaving an orphan if it can.
 */
function acrossRows({ spaces }: SeatMap, quantity: number): number[] {
  const rowCount = shortestStretch(spaces, quantity);
  const gapsByLength = new Int32Array(quantity);
  let best = { from: 0, pieces: Number.POSITIVE_INFINITY };
  let free = 0;
  const count = (space: RowSpace, times: 1 | -1): void => {
    free += times * space.free;
    for (const { length } of space.gaps) {
      gapsByLength[length] = (gapsByLength[length] ?? 0) + times;
    }
  };
  for (const [index, space] of spaces.entries()) {
    const from = index - rowCount + 1;
    count(space, 1);
    if (free >= quantity) {
      const pieces = fewestPieces(gapsByLength, quantity);
      if (pieces < best.pieces) best = { from, pieces };
    }
    if (from >= 0) count(spaces[from] as RowSpace, -1);
  }
  const stretch = spaces.slice(best.from, best.from + rowCount);
  const gaps = stretch.flatMap((space) => space.gaps);
  return fillLongest(gaps, quantity);
}

/** The smallest number of rows, one behind the other, with so many free seats between them. */
function shortestStretch(spaces: readonly RowSpace[], quantity: number): number {
  let shortest = spaces.length;
  let free = 0;
  let first = 0;
  for (const [last, space] of spaces.entries()) {
    free += space.free;
    for (; free >= quantity; first++) {
      shortest = Math.min(shortest, last - first + 1);
      free -= (spaces[first] as RowSpace).free;
    }
  }
  return shortest;
}

/** Pieces of a party that fills the longest gaps first; there are enough seats in all. */
function fewestPieces(gapsByLength: Int32Array, quantity: number): number {
  let pieces = 0;
  let left = quantity;
  for (let length = gapsByLength.length - 1; left > 0; length--) {
    const used = Math.min(gapsByLength[length] ?? 0, Math.ceil(left / length));
    pieces += used;
    left -= used * length;
  }
  return pieces;
}

/** Gaps come nearest the front first; none is as long as `quantity`, together they are. */
function fillLongest(gaps: readonly Gap[], quantity: number): number[] {
  const longestFirst = [...gaps].sort((a, b) => b.length - a.length);
  const positions: number[] = [];
  for (const [index, gap] of longestFirst.entries()) {
    const left = quantity - positions.length;
    if (gap.length < left) {
      positions.push(...seatsFrom(gap, gap.length));
      continue;
    }
    // The shortest gap that takes the last piece well keeps the longer ones whole.
    const fitting = longestFirst.slice(index).filter(({ length }) => length >= left);
    const lastGap = fitting.findLast((fit) => leavesNoOrphan(fit, left)) ?? (fitting.at(-1) as Gap);
    positions.push(...seatsFrom(lastGap, left));
    break;
  }
  return positions.sort((a, b) => a - b);
}

const seatsFrom = (gap: Gap, count: number): number[] =>
  Array.from({ length: count }, (_, n) => gap.start + n);
