import pg from 'pg';
import type { Evidence, RecordedDecision } from './evidence.js';

const connectTimeoutMs = 5_000;

/**
 * Reads what the database recorded of a section: plain queries, so that the proof shares no code
 * with what it proves. Undefined when this database does not know the section.
 */
export async function readEvidence(
  databaseUrl: string,
  sectionId: string,
): Promise<Evidence | undefined> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'stile-proof',
    connectionTimeoutMillis: connectTimeoutMs,
  });
  await client.connect();
  try {
    const { rows: tables } = await client.query("SELECT to_regclass('sections') AS sections");
    if (tables[0]?.sections === null) return undefined;
    const { rows: sections } = await client.query<{ capacity: number; remaining: number }>(
      'SELECT capacity, remaining FROM sections WHERE id = $1',
      [sectionId],
    );
    const section = sections[0];
    if (section === undefined) return undefined;
    const { rows: decisions } = await client.query<RecordedDecision>(decisionsQuery, [sectionId]);
    const { rows: bookings } = await client.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM bookings WHERE section_id = $1',
      [sectionId],
    );
    return {
      source: 'the ledger in the database',
      ...section,
      decisions,
      bookingCount: bookings[0]?.count ?? 0,
      acceptedAtPrecision: 'us',
    };
  } finally {
    await client.end();
  }
}

// Microseconds since 1970 stay below 2^53, so a double holds them exactly. The join is an outer
// one: a decision without its booking must show, not vanish.
const decisionsQuery = `
  SELECT ledger.sequence::float8 AS sequence,
         ledger.booking_id AS "bookingId",
         ledger.quantity,
         ledger.outcome,
         bookings.status AS "bookingStatus",
         (extract(epoch FROM ledger.accepted_at) * 1000000)::float8 AS "acceptedAtUs"
  FROM ledger LEFT JOIN bookings ON bookings.id = ledger.booking_id
  WHERE ledger.section_id = $1
  ORDER BY ledger.sequence`;
