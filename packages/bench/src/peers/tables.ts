import type pg from 'pg';

/**
 * The peers' tables: leaner than Stile's, in their favour. They keep no ledger, no rejections, no
 * order and no foreign key, and have one index to list bookings by. The free space in the pages of
 * `sections` and `seats` lets a hot row be updated without touching an index.
 */
export const peerTables = `
  CREATE SCHEMA peers;
  CREATE TABLE peers.sections (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL,
    price integer NOT NULL,
    capacity integer NOT NULL,
    remaining integer NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    CHECK (remaining BETWEEN 0 AND capacity)
  ) WITH (fillfactor = 20);
  CREATE INDEX sections_event_id ON peers.sections (event_id);
  CREATE TABLE peers.seats (
    section_id uuid NOT NULL,
    label text NOT NULL,
    booking_id uuid,
    PRIMARY KEY (section_id, label)
  ) WITH (fillfactor = 50);
  CREATE TABLE peers.bookings (
    id uuid PRIMARY KEY,
    section_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    price bigint NOT NULL,
    seats text[],
    accepted_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX bookings_section_id_id ON peers.bookings (section_id, id);`;

/** Makes the peers' tables in this database, which has none yet. */
export async function createPeerTables(client: pg.Client): Promise<void> {
  await client.query(peerTables);
}
