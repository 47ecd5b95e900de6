import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BookingFilter,
  createDatabase,
  type Database,
  ensureLanes,
  insertEvent,
  listBookings,
} from './index.js';
import { pageOfIds } from './queries/list-bookings.js';

const bookings = 20_000;
const idOf = (group: string, n: number): string =>
  `018f0000-0000-7000-8000-${group}${n.toString(16).padStart(8, '0')}`;
const [event, otherEvent] = [idOf('eeee', 1), idOf('eeee', 2)];
const section = idOf('aaaa', 2);
const user = idOf('cccc', 1);

let database: TestDatabase;
let pool: pg.Pool;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, application_name: 'test-lists' });
  db = createDatabase(pool);
  await ensureLanes(db, 1);
  for (const [n, id] of [event, otherEvent].entries()) {
    await insertEvent(db, {
      ...{ id, name: 'Open air', kind: null, currency: 'EUR', startsAt: null },
      sections: Array.from({ length: 30 }, (_, position) => ({
        ...{ id: idOf('aaaa', 30 * n + position), lane: 0, name: `S${position}` },
        ...{ price: 1, capacity: 100 },
      })),
    });
  }
  await pool.query(`INSERT INTO users (id, name, email) VALUES ($1, 'Ada', 'ada@example.org')`, [
    user,
  ]);
  await fillBookings();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** As after a sale: the oldest few are confirmed, 20 expired, and nearly all were turned down. */
async function fillBookings(): Promise<void> {
  await pool.query(
    `INSERT INTO bookings (id, section_id, user_id, quantity, status, reason, price, expires_at,
                           sequence, accepted_at, decided_at)
     SELECT ($1 || lpad(to_hex(n), 8, '0'))::uuid, ($2 || lpad(to_hex(n % 60), 8, '0'))::uuid,
            CASE WHEN n % 3 = 0 THEN $3::uuid END, 1, status,
            CASE status WHEN 'rejected' THEN 'sold_out'::rejection_reason END, 1,
            CASE status WHEN 'expired' THEN now() END, n, now(), now()
       FROM (SELECT n, (CASE WHEN n <= 20 THEN 'expired' WHEN n <= 600 THEN 'confirmed'
                             ELSE 'rejected' END)::booking_status AS status
               FROM generate_series(1, $4::int) AS n) AS b`,
    [idOf('bbbb', 0).slice(0, -8), idOf('aaaa', 0).slice(0, -8), user, bookings],
  );
  await pool.query('VACUUM ANALYZE bookings, sections');
}

const places = {
  everything: {},
  'an event': { eventId: event },
  'an event without bookings': { eventId: idOf('eeee', 9) },
  'a section': { sectionId: section },
  'a section of another event': { sectionId: section, eventId: otherEvent },
  'a user': { userId: user },
  'a user in an event': { userId: user, eventId: otherEvent },
  'a user in a section': { userId: user, sectionId: idOf('aaaa', 3) },
};
const statuses = [undefined, 'confirmed', 'rejected', 'expired', 'held'] as const;
const filters = Object.entries(places).flatMap(([place, filter]) =>
  statuses.map((status) => ({
    name: `${place}, ${status ?? 'any status'}`,
    filter: status === undefined ? filter : { ...filter, status },
  })),
);

/** The same list, read in full. */
async function expected(filter: Omit<BookingFilter, 'limit'>): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT b.id FROM bookings b JOIN sections s ON s.id = b.section_id
      WHERE ($1::uuid IS NULL OR s.event_id = $1) AND ($2::uuid IS NULL OR s.id = $2)
        AND ($3::uuid IS NULL OR b.user_id = $3)
        AND ($4::booking_status IS NULL OR b.status = $4)
      ORDER BY b.id DESC`,
    [filter.eventId, filter.sectionId, filter.userId, filter.status],
  );
  return rows.map(({ id }) => id);
}

describe.each(filters)('the list of $name', ({ filter }) => {
  test.each([1, 7, 100])('has every booking once, newest first, on pages of %d', async (limit) => {
    const all = await expected(filter);
    const starts = [0, 1, Math.floor(all.length / 2), all.length - limit, all.length];
    for (const start of new Set(starts.filter((n) => n >= 0))) {
      const before = start === 0 ? {} : { before: all[start - 1] as string };
      const page = await listBookings(db, { ...filter, ...before, limit });
      expect(page.map(({ id }) => id)).toEqual(all.slice(start, start + limit));
    }
  });

  test('is read from indexes, at the start and at the end', async () => {
    const all = await expected(filter);
    for (const before of [undefined, all.at(-5), idOf('bbbb', 30)]) {
      const page = pageOfIds({ ...filter, ...(before && { before }), limit: 21 });
      const { sql, params } = new PgDialect().sqlToQuery(page);
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, params);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index (Only )?Scan (Backward )?using bookings_/);
      expect(plan).not.toMatch(/Seq Scan on bookings/);
    }
  });
});
