import type { BookingStatus } from '@stile/core';
import { desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../client.js';
import { bookingStatus, bookings, sections } from '../schema.js';
import { type BookingRow, bookingColumns } from './find-booking.js';

export interface BookingFilter {
  readonly eventId?: string;
  readonly sectionId?: string;
  readonly userId?: string;
  /** Only bookings that this caller asked for. */
  readonly caller?: string;
  readonly status?: BookingStatus;
  /** Only bookings older than this id. */
  readonly before?: string;
  /** Rows at most. */
  readonly limit: number;
}

/**
 * Stored bookings, newest first by id, which never changes: pages stay right under load.
 *
 * Every page is read from indexes, wherever in the list it is. All bookings, and those of one
 * status that isn't `rejected`, are one range of an index. Those of another filter are some ranges,
 * each in the order of ids: one for each status wanted, of a user, of a caller, of a section, or of
 * a user in a section. A caller's bookings in a place are looked for among all of the caller's. A page needs no range but those that start with the newest ids, and of them nothing
 * older than the oldest of these starts, so it costs one look at each range and a page's rows.
 */
export async function listBookings(db: Database, filter: BookingFilter): Promise<BookingRow[]> {
  const rows = (await nearRejected(db, filter)) ?? (await idsOfPage(db, filter));
  if (rows.length === 0) return [];
  return db
    .select(bookingColumns)
    .from(bookings)
    .innerJoin(sections, eq(sections.id, bookings.sectionId))
    .where(
      inArray(
        bookings.id,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(desc(bookings.id));
}

const oldestId = '00000000-0000-0000-0000-000000000000';
const newestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const idsOfPage = async (db: Database, filter: BookingFilter): Promise<{ id: string }[]> =>
  (await db.execute<{ id: string }>(pageOfIds(filter))).rows;

/** Bookings that are looked through for rejected ones, before looking by section. */
const nearMax = 2_000;

/**
 * The ids of a page of all rejected bookings when it can be filled from the next few bookings, as
 * nearly always after a sale; by section it would cost a look at every section there is. Undefined
 * for another filter, or when too few of them are near.
 */
async function nearRejected(
  db: Database,
  { status, limit, before = newestId, ...place }: BookingFilter,
): Promise<{ id: string }[] | undefined> {
  if (status !== 'rejected' || Object.values(place).some((value) => value !== undefined)) {
    return undefined;
  }
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT id FROM (
      SELECT id, status FROM bookings WHERE id < ${before}::uuid ORDER BY id DESC LIMIT ${nearMax}
    ) AS near
     WHERE status = 'rejected' ORDER BY id DESC LIMIT ${limit}::int`);
  return rows.length === limit ? rows : undefined;
}

/** The ids of a page. Exported for the test that looks at its plan. */
export function pageOfIds(filter: BookingFilter): SQL {
  const { limit, before = newestId, ...wanted } = filter;
  const { status, ...place } = wanted;
  if (Object.values(place).every((value) => value === undefined) && status !== 'rejected') {
    // Said twice, so that a plan for any status may use the index that leaves out the rejected.
    const ofStatus =
      status === undefined
        ? sql`true`
        : sql`status = ${status}::booking_status AND status <> 'rejected'`;
    return sql`
      SELECT id FROM bookings WHERE ${ofStatus} AND id < ${before}::uuid
       ORDER BY id DESC LIMIT ${limit}::int`;
  }
  const { ranges, inRange } = rangesOf(wanted);
  return sql`
    WITH ranges AS (${ranges}),
    starts AS MATERIALIZED (
      SELECT r.*, newest.id AS newest_id
        FROM ranges r
       CROSS JOIN LATERAL (
         SELECT b.id FROM bookings b WHERE ${inRange} AND b.id < ${before}::uuid
          ORDER BY b.id DESC LIMIT 1
       ) AS newest
       ORDER BY newest.id DESC LIMIT ${limit}::int),
    oldest_start AS MATERIALIZED (
      SELECT coalesce(
        (SELECT newest_id FROM starts ORDER BY newest_id DESC OFFSET ${limit - 1}::int LIMIT 1),
        ${oldestId}::uuid) AS id)
    SELECT page.id
      FROM starts r
     CROSS JOIN LATERAL (
       SELECT b.id FROM bookings b
        WHERE ${inRange} AND b.id <= r.newest_id AND b.id >= (SELECT id FROM oldest_start)
        ORDER BY b.id DESC LIMIT ${limit}::int
     ) AS page
     ORDER BY page.id DESC LIMIT ${limit}::int`;
}

/** The ranges `r` that a filter's bookings are in, and what makes a booking `b` one of `r`. */
function rangesOf(filter: Omit<BookingFilter, 'limit' | 'before'>): { ranges: SQL; inRange: SQL } {
  const { eventId, sectionId, userId, caller, status } = filter;
  const statuses = status === undefined ? bookingStatus.enumValues.join(',') : status;
  const wantedStatuses = sql`unnest(${`{${statuses}}`}::booking_status[]) AS status`;
  const ofCaller = caller === undefined ? sql`true` : sql`b.caller = ${caller}`;
  const ofUser = sql`b.user_id = ${userId}::uuid AND ${ofCaller} AND b.status = r.status`;
  const anywhere = eventId === undefined && sectionId === undefined;
  if (userId !== undefined && anywhere) {
    return { ranges: sql`SELECT status FROM ${wantedStatuses}`, inRange: ofUser };
  }
  const ofEvent = eventId === undefined ? sql`true` : sql`s.event_id = ${eventId}::uuid`;
  const theSection = sectionId === undefined ? sql`true` : sql`s.id = ${sectionId}::uuid`;
  if (userId === undefined && caller !== undefined) {
    const inPlace = sql`b.section_id IN (SELECT s.id FROM sections s WHERE ${ofEvent} AND ${theSection})`;
    return {
      ranges: sql`SELECT status FROM ${wantedStatuses}`,
      inRange: sql`${ofCaller} AND b.status = r.status AND ${anywhere ? sql`true` : inPlace}`,
    };
  }
  return {
    ranges: sql`SELECT s.id AS section_id, status FROM sections s, ${wantedStatuses}
                 WHERE ${ofEvent} AND ${theSection}`,
    inRange: sql`b.section_id = r.section_id
      AND ${userId === undefined ? sql`b.status = r.status` : ofUser}`,
  };
}
