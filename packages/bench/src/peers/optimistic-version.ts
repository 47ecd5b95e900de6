import { openPool } from './open-pool.js';
import type { OpenPeer, PeerOutcome } from './peer.js';
import { retryConflicts } from './retry.js';

interface VersionedRow {
  readonly eventId: string;
  readonly seatPrice: number;
  readonly remaining: number;
  readonly version: string;
}

const readVersion = {
  name: 'peer-read-version',
  text: `SELECT event_id AS "eventId", price AS "seatPrice", remaining, version
           FROM peers.sections WHERE id = $1`,
};

// Books only if nobody has changed the section since it was read.
const bookIfUnchanged = {
  name: 'peer-book-if-unchanged',
  text: `
    WITH taken AS (
      UPDATE peers.sections SET remaining = $5, version = version + 1
       WHERE id = $2 AND version = $4
      RETURNING price
    )
    INSERT INTO peers.bookings (id, section_id, quantity, price)
    SELECT $1, $2, $3::integer, taken.price::bigint * $3::integer FROM taken`,
};

/** A version that is read, then compared when the booking is written; a conflict is tried again. */
export const openOptimisticVersion: OpenPeer = async (deps) => {
  const pool = openPool(deps);
  return {
    book: ({ bookingId, sectionId, quantity }) =>
      retryConflicts(async (): Promise<PeerOutcome | undefined> => {
        const { rows } = await pool.query<VersionedRow>({ ...readVersion, values: [sectionId] });
        const [section] = rows;
        if (section === undefined || section.remaining < quantity) return { kind: 'sold-out' };
        const { eventId, seatPrice, remaining, version } = section;
        const values = [bookingId, sectionId, quantity, version, remaining - quantity];
        const { rowCount } = await pool.query({ ...bookIfUnchanged, values });
        return rowCount === 1 ? { kind: 'confirmed', eventId, seatPrice } : undefined;
      }, deps.tuning.retryDelayMs),
    close: () => pool.end(),
  };
};
