import { withClient } from '../servers/bench-servers.js';
import { type SoldCheck, type Stock, type StockOptions, seatLabels } from './subject.js';

const insertSections = `
  INSERT INTO peers.sections (id, event_id, price, capacity, remaining)
  SELECT gen_random_uuid(), $1, 4900, $3, $3 FROM generate_series(1, $2)
  RETURNING id`;
const insertSeats = `
  INSERT INTO peers.seats (section_id, label)
  SELECT section_id, label FROM unnest($1::uuid[]) AS section_id, unnest($2::text[]) AS label`;

/** Makes sections for the peers, and the seats of reserved ones. */
export async function createPeerStock(
  databaseUrl: string,
  { sections, capacity, reserved }: StockOptions,
): Promise<Stock> {
  return withClient(databaseUrl, async (client) => {
    const eventId = crypto.randomUUID();
    const { rows } = await client.query<{ id: string }>(insertSections, [
      eventId,
      sections,
      capacity,
    ]);
    const sectionIds = rows.map(({ id }) => id);
    if (reserved) await client.query(insertSeats, [sectionIds, seatLabels(capacity)]);
    return { eventId, sectionIds };
  });
}

/** Plain sums over what the peers stored. */
export async function checkPeerStock(
  databaseUrl: string,
  { sectionIds }: Pick<Stock, 'sectionIds'>,
): Promise<SoldCheck> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query(checkQuery, [sectionIds]),
  );
  return rows[0];
}

// A reserved section's stock is the rows of its seats; each may be in one booking only.
const checkQuery = `
  SELECT sum(capacity)::float8 AS capacity, sum(sold)::float8 AS sold,
         sum(bookings)::float8 AS bookings,
         count(*) FILTER (WHERE sold > capacity OR sold <> capacity - remaining)::integer
           AS "sectionsWrong"
    FROM (SELECT capacity,
                 CASE WHEN seat_count = 0 THEN remaining ELSE seat_count - seats_taken END AS remaining,
                 coalesce(sold, 0) AS sold, coalesce(bookings, 0) AS bookings
            FROM peers.sections
            CROSS JOIN LATERAL (SELECT sum(quantity) AS sold, count(*) AS bookings
                                  FROM peers.bookings WHERE section_id = sections.id) AS b
            CROSS JOIN LATERAL (SELECT count(*) AS seat_count, count(booking_id) AS seats_taken
                                  FROM peers.seats WHERE section_id = sections.id) AS s
           WHERE sections.id = ANY ($1::uuid[])) AS section`;
