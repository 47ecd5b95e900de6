import type { SeatRow } from '../api/stile.js';

export type SeatStatus = 'available' | 'held' | 'confirmed';

const statusOfLetter: Readonly<Record<string, SeatStatus>> = {
  a: 'available',
  h: 'held',
  c: 'confirmed',
};

/** The status of the seat with this index in its row. */
export const statusAt = ({ seats }: SeatRow, index: number): SeatStatus =>
  statusOfLetter[seats[index] ?? 'c'] ?? 'confirmed';

/** Those of the chosen seats that nobody has taken meanwhile. */
export function stillFree(rows: readonly SeatRow[], chosen: readonly string[]): string[] {
  const byName = new Map(rows.map((row) => [row.row, row]));
  return chosen.filter((label) => {
    const hyphen = label.lastIndexOf('-');
    const row = byName.get(label.slice(0, hyphen));
    return row !== undefined && statusAt(row, Number(label.slice(hyphen + 1)) - 1) === 'available';
  });
}

/** A place in the hall: indexes of a row and of a seat in it. */
export interface SeatPlace {
  readonly row: number;
  readonly seat: number;
}

/** Where an arrow key leads; the same place at an edge. Rows are centred, so seats line up so too. */
export function movedBy(key: string, place: SeatPlace, rows: readonly SeatRow[]): SeatPlace {
  const length = (row: number): number => rows[row]?.seats.length ?? 0;
  const { row, seat } = place;
  const inRow = (to: number): SeatPlace => ({
    row,
    seat: Math.max(0, Math.min(length(row) - 1, to)),
  });
  const toRow = (to: number): SeatPlace => {
    if (to < 0 || to >= rows.length) return place;
    const shifted = seat + Math.round((length(to) - length(row)) / 2);
    return { row: to, seat: Math.max(0, Math.min(length(to) - 1, shifted)) };
  };
  switch (key) {
    case 'ArrowLeft':
      return inRow(seat - 1);
    case 'ArrowRight':
      return inRow(seat + 1);
    case 'ArrowUp':
      return toRow(row - 1);
    case 'ArrowDown':
      return toRow(row + 1);
    case 'Home':
      return inRow(0);
    case 'End':
      return inRow(length(row) - 1);
    default:
      return place;
  }
}
