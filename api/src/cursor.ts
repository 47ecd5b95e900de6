import { isBookingId } from '@stile/core';
import { invalidField } from './problem-from-error.js';

/**
 * The cursor behind a row: its id, in base64url so that nobody takes it apart. Ids are UUIDv7 and
 * never change, so the page after a cursor is the same whatever was added meanwhile.
 */
export const cursorAfter = (id: string): string =>
  Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

/** The id that a cursor was made of; a 400 that names the cursor when it is not one of ours. */
export function idFromCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isBookingId(id) || cursorAfter(id) !== cursor) {
    throw notACursor();
  }
  return id;
}

const seatBytes = 4;

/** The cursor behind a seat, by its position in a plan that never changes. */
export function cursorAfterSeat(position: number): string {
  const bytes = Buffer.alloc(seatBytes);
  bytes.writeUInt32BE(position);
  return bytes.toString('base64url');
}

/** The position that a cursor was made of; a 400 when it is not one of a seat. */
export function seatFromCursor(cursor: string): number {
  const bytes = Buffer.from(cursor, 'base64url');
  const position = bytes.length === seatBytes ? bytes.readUInt32BE() : undefined;
  if (position !== undefined && cursorAfterSeat(position) === cursor) return position;
  throw notACursor();
}

const notACursor = () => invalidField('/cursor', 'must be the nextCursor of an earlier page');

/** One page out of `limit + 1` rows asked for: the row too many only tells that there is more. */
export function pageOf<Row extends { readonly id: string }, Out>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Out,
): { data: Out[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? cursorAfter(last.id) : null;
  return { data: page.map(present), nextCursor };
}
