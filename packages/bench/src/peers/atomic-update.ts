import { openPool } from './open-pool.js';
import type { OpenPeer, PeerOutcome, Wanted } from './peer.js';

interface BookedRow {
  readonly eventId: string;
  readonly seatPrice: number;
}

// Takes the seats and writes the booking in one statement, and so in one round trip and one
// transaction. Whoever waits for the row sees what the one before has left of it.
const bookQuantity = {
  name: 'peer-book-quantity',
  text: `
    WITH taken AS (
      UPDATE peers.sections SET remaining = remaining - $3, version = version + 1
       WHERE id = $2 AND remaining >= $3
      RETURNING event_id, price
    ), booked AS (
      INSERT INTO peers.bookings (id, section_id, quantity, price)
      SELECT $1, $2, $3, taken.price::bigint * $3 FROM taken
    )
    SELECT event_id AS "eventId", price AS "seatPrice" FROM taken`,
};

// Reserved seating needs no counter: the rows of the seats are the stock, so buyers of different
// seats never wait for each other.
const bookSeats = {
  name: 'peer-book-seats',
  text: `
    WITH free AS (
      SELECT label FROM peers.seats
       WHERE section_id = $2 AND label = ANY ($3::text[]) AND booking_id IS NULL
       ORDER BY label FOR UPDATE
    ), taken AS (
      UPDATE peers.seats SET booking_id = $1 FROM free
       WHERE seats.section_id = $2 AND seats.label = free.label
         AND (SELECT count(*) FROM free) = cardinality($3::text[])
      RETURNING seats.label
    ), booked AS (
      INSERT INTO peers.bookings (id, section_id, quantity, price, seats)
      SELECT $1, id, cardinality($3::text[]), price::bigint * cardinality($3::text[]), $3
        FROM peers.sections WHERE id = $2 AND EXISTS (SELECT FROM taken)
    )
    SELECT event_id AS "eventId", price AS "seatPrice"
      FROM peers.sections WHERE id = $2 AND EXISTS (SELECT FROM taken)`,
};

/** The statement alone; the peer on BullMQ books by it too. */
export async function bookAtomically(
  pool: ReturnType<typeof openPool>,
  { bookingId, sectionId, quantity, seats }: Wanted,
): Promise<PeerOutcome> {
  const { rows } = await pool.query<BookedRow>(
    seats === undefined
      ? { ...bookQuantity, values: [bookingId, sectionId, quantity] }
      : { ...bookSeats, values: [bookingId, sectionId, seats] },
  );
  const [booked] = rows;
  if (booked !== undefined) return { kind: 'confirmed', ...booked };
  return { kind: seats === undefined ? 'sold-out' : 'seat-taken' };
}

/** One conditional update, with the booking in the same statement. */
export const openAtomicUpdate: OpenPeer = async (deps) => {
  const pool = openPool(deps);
  return { book: (wanted) => bookAtomically(pool, wanted), close: () => pool.end() };
};
