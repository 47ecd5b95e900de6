import type pg from 'pg';
import type { PeerOutcome, Wanted } from './peer.js';

/** How a transaction begins, and how it reads the section. */
export interface TransactionStyle {
  readonly begin: string;
  readonly lock: 'FOR NO KEY UPDATE' | 'none';
  /**
   * `pipelined`: two round trips, nothing is awaited that is not needed to go on. `awaited`: five,
   * one for each statement, as such code is mostly written.
   */
  readonly roundTrips: 'pipelined' | 'awaited';
}

interface SectionRow {
  readonly eventId: string;
  readonly seatPrice: number;
  readonly remaining: number;
}

const readSection = 'SELECT event_id AS "eventId", price AS "seatPrice", remaining';
const readAndLock = {
  name: 'peer-lock-section',
  text: `${readSection} FROM peers.sections WHERE id = $1 FOR NO KEY UPDATE`,
};
const readOnly = {
  name: 'peer-read-section',
  text: `${readSection} FROM peers.sections WHERE id = $1`,
};
const updateSection = {
  name: 'peer-update-section',
  text: 'UPDATE peers.sections SET remaining = $2, version = version + 1 WHERE id = $1',
};
const insertBooking = {
  name: 'peer-insert-booking',
  text: `INSERT INTO peers.bookings (id, section_id, quantity, price, seats)
         VALUES ($1, $2, $3, $4, $5)`,
};
const lockSeats = {
  name: 'peer-lock-seats',
  text: `SELECT seats.label, event_id AS "eventId", price AS "seatPrice"
           FROM peers.seats JOIN peers.sections ON sections.id = section_id
          WHERE section_id = $1 AND label = ANY ($2::text[]) AND booking_id IS NULL
          ORDER BY label FOR UPDATE OF seats`,
};
const takeSeats = {
  name: 'peer-take-seats',
  text: `UPDATE peers.seats SET booking_id = $1
          WHERE section_id = $2 AND label = ANY ($3::text[])`,
};

/**
 * Reads the section, decides here, writes section and booking, in one transaction of its own on a
 * connection of the pool. Throws what PostgreSQL said; then nothing is booked.
 */
export async function bookInTransaction(
  pool: pg.Pool,
  style: TransactionStyle,
  wanted: Wanted,
): Promise<PeerOutcome> {
  const client = await pool.connect();
  try {
    return await (wanted.seats === undefined
      ? takeQuantity(client, style, wanted)
      : takeChosen(client, style, wanted, wanted.seats));
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function takeQuantity(
  client: pg.PoolClient,
  style: TransactionStyle,
  { bookingId, sectionId, quantity }: Wanted,
): Promise<PeerOutcome> {
  const read = style.lock === 'none' ? readOnly : readAndLock;
  const found = await send(client, style, [style.begin, { ...read, values: [sectionId] }]);
  const [section] = found as SectionRow[];
  if (section === undefined || section.remaining < quantity) {
    await client.query('ROLLBACK');
    return { kind: 'sold-out' };
  }
  const { eventId, seatPrice, remaining } = section;
  await send(client, style, [
    { ...updateSection, values: [sectionId, remaining - quantity] },
    { ...insertBooking, values: [bookingId, sectionId, quantity, seatPrice * quantity, null] },
    'COMMIT',
  ]);
  return { kind: 'confirmed', eventId, seatPrice };
}

/** The rows of the seats are the stock: the section's own row is not touched. */
async function takeChosen(
  client: pg.PoolClient,
  style: TransactionStyle,
  { bookingId, sectionId }: Wanted,
  seats: readonly string[],
): Promise<PeerOutcome> {
  const lock = { ...lockSeats, values: [sectionId, seats] };
  const free = (await send(client, style, [style.begin, lock])) as SectionRow[];
  const [first] = free;
  if (first === undefined || free.length < seats.length) {
    await client.query('ROLLBACK');
    return { kind: 'seat-taken' };
  }
  const { eventId, seatPrice } = first;
  const price = seatPrice * seats.length;
  await send(client, style, [
    { ...takeSeats, values: [bookingId, sectionId, seats] },
    { ...insertBooking, values: [bookingId, sectionId, seats.length, price, seats] },
    'COMMIT',
  ]);
  return { kind: 'confirmed', eventId, seatPrice };
}

/** Sends the statements in order; the rows of the last that has any. */
async function send(
  client: pg.PoolClient,
  { roundTrips }: TransactionStyle,
  statements: readonly (string | pg.QueryConfig)[],
): Promise<unknown[]> {
  const results: pg.QueryResult[] = [];
  if (roundTrips === 'pipelined') {
    results.push(...(await Promise.all(statements.map((statement) => client.query(statement)))));
  } else {
    for (const statement of statements) results.push(await client.query(statement));
  }
  return results.at(-1)?.rows ?? [];
}
