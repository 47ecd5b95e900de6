import type { Seating, Section } from '@stile/core';

/** What the lock query reads of a section. */
export interface StoredSectionRow {
  readonly id: string;
  readonly seating: Seating;
  readonly capacity: number;
  readonly price: number;
  readonly max_per_booking: number | null;
  readonly max_per_user: number | null;
  readonly hold_seconds: number;
  readonly sales_open_at_us: string | null;
  readonly sales_close_at_us: string | null;
  readonly closed: boolean;
  readonly remaining: number;
  readonly held: number;
  readonly confirmed: number;
  readonly rejected: string;
  readonly revenue: string;
  readonly sequence: string;
  readonly version: string;
}

/** The columns of a section that its lane goes by. */
export const sectionColumns = `id, seating, capacity, price, max_per_booking, max_per_user,
       hold_seconds, (extract(epoch FROM sales_open_at) * 1000000)::bigint AS sales_open_at_us,
       (extract(epoch FROM sales_close_at) * 1000000)::bigint AS sales_close_at_us, closed,
       remaining, held, confirmed, rejected, revenue, sequence, version`;

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text));

export const sectionFromStoredRow = (row: StoredSectionRow): Section => ({
  id: row.id,
  seating: row.seating,
  capacity: row.capacity,
  price: row.price,
  maxPerBooking: row.max_per_booking,
  maxPerUser: row.max_per_user,
  holdSeconds: row.hold_seconds,
  salesOpenAtUs: numberOrNull(row.sales_open_at_us),
  salesCloseAtUs: numberOrNull(row.sales_close_at_us),
  closed: row.closed,
  remaining: row.remaining,
  held: row.held,
  confirmed: row.confirmed,
  rejected: Number(row.rejected),
  revenue: Number(row.revenue),
  sequence: Number(row.sequence),
  version: Number(row.version),
});
