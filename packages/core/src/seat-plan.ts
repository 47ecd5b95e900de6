import { capacityMax } from './section.js';

/** One row of a hall; its seats are numbered 1 … `seats` from left to right. */
export interface SeatRow {
  /** Matches `rowNamePattern`; no two rows of a plan have the same name. */
  readonly row: string;
  /** 1 … seatsPerRowMax. */
  readonly seats: number;
}

/** A row with its place in the plan: its seats are at `start` … `start + seats - 1`. */
export interface PlacedRow extends SeatRow {
  readonly start: number;
}

/** What is wrong with the rows of a plan, and with which of them. */
export interface RowsFlaw {
  /** Index into the rows given. */
  readonly index: number;
  readonly message: string;
}

/** The most seats one row can have; a change of a row costs time in proportion to its seats. */
export const seatsPerRowMax = 1_000;

/**
 * The names a row can have: 1–10 ASCII letters, digits and hyphens, no hyphen at either end. They
 * are compared exactly, case included. A regular expression's source, for schemas.
 */
export const rowNamePattern = '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,8}[A-Za-z0-9])?$';

/**
 * The shape of a seat's label: row name, hyphen, number without leading zeros. The number has no
 * hyphen, so the last one ends the name whatever the name contains: A-1-2 is seat 2 of row A-1.
 */
export const seatLabelPattern = '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,8}[A-Za-z0-9])?-[1-9][0-9]{0,3}$';

const rowName = new RegExp(rowNamePattern);
const seatNumber = /^[1-9][0-9]{0,3}$/;
const seatsPerMadeRow = 20;

/**
 * Where the seats of a section are. Every seat has a position 0 … count - 1, row by row with the
 * row nearest the front first, and a label such as C-12. Never changes once it is built.
 */
export class SeatPlan {
  readonly rows: readonly PlacedRow[];
  /** Seats in all. */
  readonly count: number;
  readonly #rowsByName: ReadonlyMap<string, PlacedRow>;

  /** Rows nearest the front first. Throws a RangeError for rows that have a flaw (`flawOfRows`). */
  constructor(rows: readonly SeatRow[]) {
    const flaw = flawOfRows(rows);
    if (flaw !== undefined) throw new RangeError(flaw.message);
    let count = 0;
    this.rows = rows.map(({ row, seats }) => {
      const start = count;
      count += seats;
      return { row, seats, start };
    });
    this.count = count;
    this.#rowsByName = new Map(this.rows.map((placed) => [placed.row, placed]));
  }

  /** The seat's label. Throws a RangeError for a position that no seat has. */
  labelOf(position: number): string {
    const { row, start } = this.rows[this.rowIndexOf(position)] as PlacedRow;
    return `${row}-${position - start + 1}`;
  }

  /** The position of the seat with exactly this label; `undefined` when there is no such seat. */
  positionOf(label: string): number | undefined {
    const hyphen = label.lastIndexOf('-');
    const placed = hyphen < 0 ? undefined : this.#rowsByName.get(label.slice(0, hyphen));
    const numeral = label.slice(hyphen + 1);
    if (placed === undefined || !seatNumber.test(numeral)) return undefined;
    const number = Number(numeral);
    return number <= placed.seats ? placed.start + number - 1 : undefined;
  }

  /** Which of `rows` the seat is in. Throws a RangeError for a position that no seat has. */
  rowIndexOf(position: number): number {
    if (!Number.isInteger(position) || position < 0 || position >= this.count) {
      throw new RangeError(`No seat has position ${position}; there are ${this.count}.`);
    }
    let first = 0;
    let last = this.rows.length - 1;
    while (first < last) {
      const middle = (first + last + 1) >> 1;
      if ((this.rows[middle] as PlacedRow).start <= position) first = middle;
      else last = middle - 1;
    }
    return first;
  }
}

/**
 * The first thing that keeps these rows from being a plan, `undefined` when nothing does: there
 * must be rows, with names and seats in bounds, no name twice, capacityMax seats at most in all.
 */
export function flawOfRows(rows: readonly SeatRow[]): RowsFlaw | undefined {
  if (rows.length === 0) return { index: 0, message: 'There must be at least one row.' };
  const names = new Set<string>();
  let count = 0;
  for (const [index, { row, seats }] of rows.entries()) {
    if (!rowName.test(row)) {
      const message = `${JSON.stringify(row)} is no row name: 1–10 letters, digits and inner hyphens.`;
      return { index, message };
    }
    if (!Number.isInteger(seats) || seats < 1 || seats > seatsPerRowMax) {
      const message = `Row ${row} must have 1 to ${seatsPerRowMax} seats, not ${seats}.`;
      return { index, message };
    }
    if (names.has(row)) return { index, message: `There are two rows ${row}.` };
    names.add(row);
    count += seats;
    if (count > capacityMax) {
      return { index, message: `There can be at most ${capacityMax} seats in all.` };
    }
  }
  return undefined;
}

/**
 * Rows made from a capacity alone: 20 seats each, named A … Z, AA, AB …, and the rest in the last.
 *
 * The last row may be short. Even lengths would look better, but then a change of capacity would
 * give other labels to seats that are sold; this way it only adds or removes seats at the end.
 * Throws a RangeError unless capacity is an integer from 1 to capacityMax.
 */
export function rowsForCapacity(capacity: number): SeatRow[] {
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > capacityMax) {
    throw new RangeError(`capacity must be an integer from 1 to ${capacityMax}, not ${capacity}`);
  }
  const rows: SeatRow[] = [];
  for (let left = capacity; left > 0; left -= seatsPerMadeRow) {
    rows.push({ row: madeRowName(rows.length), seats: Math.min(left, seatsPerMadeRow) });
  }
  return rows;
}

/** A … Z for 0 … 25, then AA, AB …: numerals to the base 26 that have no zero. */
function madeRowName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : madeRowName(Math.floor(index / 26) - 1) + letter;
}
