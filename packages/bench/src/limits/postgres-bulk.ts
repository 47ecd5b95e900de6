import pg from 'pg';

/**
 * Decisions of one transaction: as many as Stile's bounds allow by default, 8 jobs of 500 requests.
 */
const decisionsPerCommit = 4_000;

// The rows of Stile's decisions, with all their indexes, checks and triggers, made by PostgreSQL
// itself. Ids rise as Stile's do.
const insertBookings = `
  INSERT INTO bookings (id, section_id, quantity, status, price, sequence, accepted_at, decided_at)
  SELECT ($4 || lpad(to_hex($2::bigint + n), 16, '0'))::uuid, $1, 1, 'confirmed', 4900, $2::bigint + n, now(), now()
    FROM generate_series(1, $3) AS n`;
const insertLedger = `
  INSERT INTO ledger (section_id, sequence, command, booking_id, quantity, outcome, remaining,
                      accepted_at, decided_at)
  SELECT $1, $2::bigint + n, 'book', ($4 || lpad(to_hex($2::bigint + n), 16, '0'))::uuid, 1,
         'confirmed', $5::bigint - $2::bigint - n, now(), now()
    FROM generate_series(1, $3) AS n`;
const updateSection = `
  UPDATE sections SET remaining = remaining - $2::integer, confirmed = confirmed + $2,
                      revenue = revenue + $2::bigint * 4900, sequence = sequence + $2, version = version + $2
   WHERE id = $1`;

export interface BulkOptions {
  readonly databaseUrl: string;
  /** A section that nobody has booked in. */
  readonly sectionId: string;
  readonly capacity: number;
  /** Stops at the first commit after this. */
  readonly seconds: number;
  /** Stops at this many rows. */
  readonly decisionsMax?: number;
}

/**
 * Decisions a second that PostgreSQL stores in bulk, without any of Stile's code: one connection,
 * statements that make their own rows, a commit each 4,000.
 */
export async function storeInBulk(options: BulkOptions): Promise<number> {
  const { databaseUrl, sectionId, capacity, seconds, decisionsMax = capacity } = options;
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'stile-bench' });
  await client.connect();
  try {
    const idHead = Date.now().toString(16).padStart(12, '0').padEnd(16, '0');
    const startedAtMs = performance.now();
    let stored = 0;
    while (stored < decisionsMax && performance.now() - startedAtMs < seconds * 1000) {
      const count = Math.min(decisionsPerCommit, decisionsMax - stored);
      await client.query('BEGIN');
      await client.query(insertBookings, [sectionId, stored, count, idHead]);
      await client.query(insertLedger, [sectionId, stored, count, idHead, capacity]);
      await client.query(updateSection, [sectionId, count]);
      await client.query('COMMIT');
      stored += count;
    }
    return stored / ((performance.now() - startedAtMs) / 1000);
  } finally {
    await client.end();
  }
}
