import { type Booking, bookingIdRange, type Command, jobIdOf, type Section } from '@stile/core';
import type pg from 'pg';
import { arrayLiteral } from '../array-literal.js';
import {
  bookingFromStoredRow,
  bookingsById,
  bookingsOfJobs,
  type StoredBookingRow,
} from '../booking-rows.js';
import { inOneWrite } from '../one-write.js';
import { type StoredSectionRow, sectionColumns, sectionFromStoredRow } from '../section-rows.js';

export interface DecisionRequest {
  readonly lane: number;
  /** The owner's epoch; the transaction opens only while it is still the lane's. */
  readonly epoch: number;
  readonly commands: readonly Command[];
}

/** An open decision transaction: its sections are locked until it is committed or abandoned. */
export interface OpenDecision {
  readonly kind: 'open';
  readonly sections: ReadonlyMap<string, Section>;
  /** Stored bookings that the commands name or that an earlier attempt at them made. */
  readonly bookings: readonly Booking[];
  /** Seats in live bookings of the users of these commands, where they are or will be limited. */
  readonly seatsOfUsers: readonly UserSeats[];
  /** Which of the change commands were made by an earlier attempt at them. */
  readonly changesMade: ReadonlySet<string>;
  /** When the transaction began by the database's clock, in microseconds since 1970. */
  readonly nowUs: number;
}

export interface UserSeats {
  readonly sectionId: string;
  readonly userId: string;
  readonly quantity: number;
}

/** The lane has a newer owner: nothing is open, and nothing may be decided. */
export interface Fenced {
  readonly kind: 'fenced';
}

// FOR SHARE makes whoever takes the lane next wait for this transaction before raising the epoch.
const readFence = {
  name: 'stile-read-fence',
  text: `SELECT epoch, (extract(epoch FROM now()) * 1000000)::bigint AS now_us
           FROM lanes WHERE lane = $1 FOR SHARE`,
};
// Locked in id order, so that two transactions could never wait for each other; and not FOR UPDATE,
// for which whoever refers to a section by a foreign key would have to wait.
const lockSections = {
  name: 'stile-lock-sections',
  text: `SELECT ${sectionColumns} FROM sections WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};
const readOfJobs = { name: 'stile-read-bookings-of-jobs', text: bookingsOfJobs };
const readById = { name: 'stile-read-bookings-by-id', text: bookingsById };
const readSeatsOfUsers = {
  name: 'stile-read-seats-of-users',
  text: `SELECT u.section_id, u.user_id, coalesce(live.quantity, 0)::int AS quantity
           FROM unnest($1::uuid[], $2::uuid[]) AS u (section_id, user_id)
           JOIN sections s ON s.id = u.section_id
            AND (s.max_per_user IS NOT NULL OR s.id = ANY($3::uuid[]))
          CROSS JOIN LATERAL (
            SELECT sum(b.quantity) AS quantity FROM bookings b
             WHERE b.section_id = u.section_id AND b.user_id = u.user_id
               AND b.user_id IS NOT NULL AND b.status IN ('held', 'confirmed')
          ) AS live`,
};

const readChanges = {
  name: 'stile-read-changes',
  text: `SELECT change ->> 'id' AS id FROM ledger
          WHERE command = 'change' AND change ->> 'id' = ANY($1::text[])`,
};

/**
 * Opens the transaction in which a batch is decided, in one round trip: BEGIN, the fence, the
 * sections locked, and then, seen from behind that lock, the bookings and users concerned.
 * Runs on a decision client that does nothing else. Throws, with nothing left open, when a query
 * fails.
 */
export async function openDecision(
  client: pg.Client,
  request: DecisionRequest,
): Promise<OpenDecision | Fenced> {
  const {
    sectionIds,
    firstIds,
    lastIds,
    bookingIds,
    userSections,
    userIds,
    limitedIds,
    changeIds,
  } = concerned(request.commands);
  const none = { rows: [] };
  const answers = inOneWrite(client, () =>
    Promise.all([
      client.query('BEGIN'),
      client.query<{ epoch: string; now_us: string }>({ ...readFence, values: [request.lane] }),
      client.query<StoredSectionRow>({ ...lockSections, values: [arrayLiteral(sectionIds)] }),
      client.query<StoredBookingRow>({
        ...readOfJobs,
        values: [arrayLiteral(firstIds), arrayLiteral(lastIds)],
      }),
      bookingIds.length === 0
        ? none
        : client.query<StoredBookingRow>({ ...readById, values: [arrayLiteral(bookingIds)] }),
      userIds.length === 0
        ? none
        : client.query<{ section_id: string; user_id: string; quantity: number }>({
            ...readSeatsOfUsers,
            values: [arrayLiteral(userSections), arrayLiteral(userIds), arrayLiteral(limitedIds)],
          }),
      changeIds.length === 0
        ? none
        : client.query<{ id: string }>({ ...readChanges, values: [arrayLiteral(changeIds)] }),
    ]),
  );
  try {
    const [, fence, sections, ofJobs, byId, seatsOfUsers, changes] = await answers;
    const row = fence.rows[0];
    if (row === undefined || Number(row.epoch) !== request.epoch) {
      await abandonDecision(client);
      return { kind: 'fenced' };
    }
    return {
      kind: 'open',
      sections: new Map(
        sections.rows.map((section) => [section.id, sectionFromStoredRow(section)]),
      ),
      bookings: [...ofJobs.rows, ...byId.rows].map(bookingFromStoredRow),
      seatsOfUsers: seatsOfUsers.rows.map((user) => ({
        sectionId: user.section_id,
        userId: user.user_id,
        quantity: user.quantity,
      })),
      changesMade: new Set(changes.rows.map((change) => change.id)),
      nowUs: Number(row.now_us),
    };
  } catch (error) {
    await abandonDecision(client).catch(() => undefined);
    throw error;
  }
}

/** Rolls an open decision back. */
export async function abandonDecision(client: pg.Client): Promise<void> {
  await client.query('ROLLBACK');
}

/** The ids that deciding these commands takes. */
function concerned(commands: readonly Command[]) {
  const sectionIds = new Set<string>();
  const jobIds = new Set<string>();
  const bookingIds = new Set<string>();
  const users = new Map<string, { sectionId: string; userId: string }>();
  /** Sections that get a limit in this very batch. */
  const limitedIds = new Set<string>();
  const changeIds: string[] = [];
  for (const command of commands) {
    const { sectionId } = command;
    sectionIds.add(sectionId);
    if (command.kind === 'change') {
      changeIds.push(command.id);
      if (typeof command.terms.maxPerUser === 'number') limitedIds.add(sectionId);
      continue;
    }
    if (command.kind !== 'book') {
      bookingIds.add(command.bookingId);
      continue;
    }
    jobIds.add(jobIdOf(command.id));
    const { userId } = command;
    if (userId !== undefined) users.set(`${sectionId} ${userId}`, { sectionId, userId });
  }
  const ranges = [...jobIds].map(bookingIdRange);
  return {
    sectionIds: [...sectionIds],
    firstIds: ranges.map(([first]) => first),
    lastIds: ranges.map(([, last]) => last),
    bookingIds: [...bookingIds],
    userSections: [...users.values()].map((user) => user.sectionId),
    userIds: [...users.values()].map((user) => user.userId),
    limitedIds: [...limitedIds],
    changeIds,
  };
}
