import type { Seating, SeatRow, Terms } from '@stile/core';
import type pg from 'pg';
import {
  fetchPages,
  isInScope,
  numberOrNull,
  refersIntoScope,
  type Scope,
  scopeParameters,
  us,
} from './fetch-pages.js';
import type { StoredSection } from './stored-rows.js';

/** Few, because the seat rows of the largest hall are more than a megabyte. */
const rowsPerFetchMax = 20;

/** How many sections are in scope, and how many decisions their rows say there were. */
export async function readSize(
  client: pg.ClientBase,
  scope: Scope,
): Promise<{ sections: number; decisions: number }> {
  const { rows } = await client.query<{ sections: string; decisions: string }>(
    `SELECT count(*) AS sections, coalesce(sum(sequence), 0) AS decisions
       FROM sections WHERE ${isInScope('id', 'event_id')}`,
    scopeParameters(scope),
  );
  return { sections: Number(rows[0]?.sections), decisions: Number(rows[0]?.decisions) };
}

/**
 * The sections in scope, in the order of their ids, each with its first terms: of every term that
 * was ever changed, what the first change replaced. They come from one pass over the ledger, and
 * there are at most as many as a section has terms.
 */
export async function* readSections(
  client: pg.ClientBase,
  scope: Scope,
): AsyncGenerator<StoredSection> {
  const text = `
    SELECT s.id, s.seating, s.seat_rows, s.capacity, s.price, s.max_per_booking, s.max_per_user,
           s.hold_seconds, ${us('s.sales_open_at')} AS sales_open_at_us,
           ${us('s.sales_close_at')} AS sales_close_at_us, s.closed, s.remaining, s.held,
           s.confirmed, s.rejected, s.revenue, s.sequence, s.version,
           coalesce(first.terms, '{}') AS first_terms
      FROM sections s
      LEFT JOIN (
        SELECT section_id, jsonb_object_agg(name, value) AS terms
          FROM (SELECT DISTINCT ON (l.section_id, term.key)
                       l.section_id, term.key AS name, term.value
                  FROM ledger l
                 CROSS JOIN jsonb_each(CASE jsonb_typeof(l.change -> 'from')
                                         WHEN 'object' THEN l.change -> 'from' END) AS term
                 WHERE l.command = 'change' AND ${refersIntoScope('l.section_id', scope)}
                 ORDER BY l.section_id, term.key, l.sequence) AS replaced
         GROUP BY section_id) AS first ON first.section_id = s.id
     WHERE ${isInScope('s.id', 's.event_id')}
     ORDER BY s.id`;
  const query = { cursor: 'audit_sections', text, scope, rowsPerFetchMax };
  for await (const page of fetchPages<SectionRow>(client, query)) {
    yield* page.map(storedSection);
  }
}

/** pg gives bigints as text. */
interface SectionRow {
  id: string;
  seating: Seating;
  seat_rows: SeatRow[] | null;
  capacity: number;
  price: number;
  max_per_booking: number | null;
  max_per_user: number | null;
  hold_seconds: number;
  sales_open_at_us: string | null;
  sales_close_at_us: string | null;
  closed: boolean;
  remaining: number;
  held: number;
  confirmed: number;
  rejected: string;
  revenue: string;
  sequence: string;
  version: string;
  first_terms: Partial<Terms>;
}

const storedSection = (row: SectionRow): StoredSection => ({
  id: row.id,
  seating: row.seating,
  seatRows: row.seat_rows,
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
  firstTerms: row.first_terms,
});
