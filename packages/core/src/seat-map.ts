import type { PlacedRow, SeatPlan } from './seat-plan.js';

/** Free seats side by side in one row, with a taken seat or the row's end on either side. */
export interface Gap {
  /** Position of the leftmost seat. */
  readonly start: number;
  /** Seats. */
  readonly length: number;
}

/** What is free in one row. */
export interface RowSpace {
  readonly row: PlacedRow;
  /** Free seats. */
  readonly free: number;
  /** From left to right. */
  readonly gaps: readonly Gap[];
  /** Length of the longest gap, 0 in a full row. */
  readonly longestGap: number;
}

/**
 * Which seats of a plan are taken, as a lane sees them between two decisions.
 *
 * The gaps of each row are kept rather than looked for: a search passes over a row without room in
 * one comparison, and taking seats costs a scan of their rows only. The space of a row is replaced
 * and never changed, so clones share it.
 */
export class SeatMap {
  readonly plan: SeatPlan;
  /** By position: 1 when taken. */
  readonly #taken: Uint8Array;
  /** By row. */
  #spaces: RowSpace[];
  #free: number;

  /** All seats free but these. Throws a RangeError as `take` does. */
  constructor(plan: SeatPlan, takenPositions: Iterable<number> = []) {
    this.plan = plan;
    this.#taken = new Uint8Array(plan.count);
    this.#spaces = plan.rows.map(emptyRow);
    this.#free = plan.count;
    this.take([...takenPositions]);
  }

  /** Free seats in all. */
  get free(): number {
    return this.#free;
  }

  /** What is free in each row, nearest the front first; in the order of `plan.rows`. */
  get spaces(): readonly RowSpace[] {
    return this.#spaces;
  }

  /** True for a free seat, false for a taken one and for a position that no seat has. */
  isFree(position: number): boolean {
    return this.#taken[position] === 0;
  }

  /**
   * Takes free seats. Throws a RangeError, and changes nothing, when one of them doesn't exist,
   * isn't free or is named twice: whoever asks has made sure of that.
   */
  take(positions: readonly number[]): void {
    this.#change(positions, 0, 1);
    this.#free -= positions.length;
  }

  /** Gives taken seats back. Throws like `take`, here for seats that aren't taken. */
  release(positions: readonly number[]): void {
    this.#change(positions, 1, 0);
    this.#free += positions.length;
  }

  /** A map of its own with the same seats taken. */
  clone(): SeatMap {
    const copy = new SeatMap(this.plan);
    copy.#taken.set(this.#taken);
    copy.#spaces = [...this.#spaces];
    copy.#free = this.#free;
    return copy;
  }

  #change(positions: readonly number[], from: 0 | 1, to: 0 | 1): void {
    const wrong = positions.find((position) => this.#taken[position] !== from);
    if (wrong !== undefined) {
      throw new RangeError(`Position ${wrong} is no ${from === 0 ? 'free' : 'taken'} seat.`);
    }
    if (new Set(positions).size !== positions.length) {
      throw new RangeError(`A seat is named twice in ${positions.join(', ')}.`);
    }
    for (const position of positions) this.#taken[position] = to;
    for (const index of new Set(positions.map((position) => this.plan.rowIndexOf(position)))) {
      this.#spaces[index] = scanRow(this.plan.rows[index] as PlacedRow, this.#taken);
    }
  }
}

/** How many free seats have no free seat beside them: the ones that are hard to sell. */
export const orphans = (map: SeatMap): number =>
  map.spaces.reduce(
    (count, { gaps }) => count + gaps.filter(({ length }) => length === 1).length,
    0,
  );

const emptyRow = (row: PlacedRow): RowSpace => ({
  row,
  free: row.seats,
  gaps: [{ start: row.start, length: row.seats }],
  longestGap: row.seats,
});

function scanRow(row: PlacedRow, taken: Uint8Array): RowSpace {
  const gaps: Gap[] = [];
  const end = row.start + row.seats;
  let free = 0;
  let longestGap = 0;
  for (let start = row.start; start < end; start++) {
    if (taken[start] === 1) continue;
    let gapEnd = start + 1;
    while (gapEnd < end && taken[gapEnd] === 0) gapEnd++;
    const length = gapEnd - start;
    gaps.push({ start, length });
    free += length;
    longestGap = Math.max(longestGap, length);
    start = gapEnd;
  }
  return { row, free, gaps, longestGap };
}
