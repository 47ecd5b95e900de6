import {
  type BatchResult,
  type BookCommand,
  type Booking,
  bookingIdOf,
  type Command,
  decideBatch,
  type Inventory,
  jobIdFrom,
} from '@stile/core';
import pg from 'pg';
import {
  commitDecision,
  createDatabase,
  createDecisionClient,
  ensureLanes,
  insertEvent,
  type Notification,
  type OpenDecision,
  openDecision,
  readSeats,
  takeLane,
} from './index.js';

/** Two sections of lane 0 on sale, and a connection to decide on and one to look with. */
export interface Stage {
  readonly client: pg.Client;
  readonly pool: pg.Pool;
  /** The epoch under which the lane is owned. */
  readonly epoch: number;
  readonly sectionIds: readonly [string, string];
  close(): Promise<void>;
}

export const lane = 0;
let jobsMade = 0;
let eventsMade = 0;

const testId = (group: string, n: number): string =>
  `018f0000-0000-7000-8000-${group}${n.toString(16).padStart(8, '0')}`;

export const newJobId = (): string =>
  jobIdFrom({ timeMs: 1_700_000_000_000 + jobsMade++, lane, processNumber: 7, counter: 0 });

/**
 * Puts two sections on sale in a database that may hold others, and takes their lane. `terms` is
 * the SET clause of what they have beside their capacity.
 */
export async function openStage(
  databaseUrl: string,
  capacity: number,
  terms = 'hold_seconds = 120',
): Promise<Stage> {
  const pool = new pg.Pool({ connectionString: databaseUrl, application_name: 'stage' });
  const db = createDatabase(pool);
  await ensureLanes(db, 1);
  const epoch = await takeLane(db, lane, 'stage');
  const number = eventsMade++;
  const sectionIds = [testId('aaaa', 2 * number), testId('aaaa', 2 * number + 1)] as const;
  await insertEvent(db, {
    id: testId('eeee', number),
    name: 'Open air',
    kind: null,
    currency: 'EUR',
    startsAt: null,
    sections: sectionIds.map((id, n) => ({ id, lane, name: `S${n}`, price: 2_500, capacity })),
  });
  await pool.query(`UPDATE sections SET ${terms} WHERE id = ANY($1)`, [sectionIds]);
  const client = createDecisionClient(databaseUrl, 'stage-decisions');
  await client.connect();
  const close = async () => {
    await client.end();
    await pool.end();
  };
  return { client, pool, epoch, sectionIds: [...sectionIds], close };
}

/**
 * Whether the connection that decides left a transaction open: `idle`, or `idle in transaction`. It
 * answers a query first, for a client hears of an error before the server has rolled back.
 */
export async function stateOfConnection({ client, pool }: Stage): Promise<string> {
  await client.query('');
  const { rows } = await pool.query<{ state: string }>(
    `SELECT state FROM pg_stat_activity
      WHERE application_name = 'stage-decisions' AND datname = current_database()`,
  );
  return rows.map(({ state }) => state).join();
}

/** Requests of one job, one for each quantity, for the sections in turn. */
export const bookCommands = (
  jobId: string,
  sectionIds: readonly string[],
  quantities: readonly number[],
  options: Partial<BookCommand> = {},
): BookCommand[] =>
  quantities.map((quantity, n) => ({
    kind: 'book',
    id: bookingIdOf(jobId, n + 1),
    sectionId: sectionIds[n % sectionIds.length] as string,
    quantity,
    acceptedAtUs: 1_700_000_000_000_000 + jobsMade * 1_000 + n,
    ...options,
  }));

/** A command about a booking, in a job of its own. */
export const about = (
  kind: 'confirm' | 'cancel' | 'expire',
  booking: Pick<BookCommand, 'id' | 'sectionId'>,
): Command => ({
  ...{ kind, id: bookingIdOf(newJobId(), 1), bookingId: booking.id },
  ...{ sectionId: booking.sectionId, acceptedAtUs: 1_700_000_000_000_000 + jobsMade * 1_000 },
});

export async function openJob(
  { client, epoch }: Stage,
  commands: readonly Command[],
): Promise<OpenDecision> {
  const open = await openDecision(client, { lane, epoch, commands });
  if (open.kind === 'fenced') throw new Error('the stage lost its lane');
  return open;
}

/** What an open decision found, as `decideBatch` takes it. */
export async function inventoriesOf(
  client: pg.Client,
  { sections, bookings, seatsOfUsers }: OpenDecision,
): Promise<Map<string, Inventory>> {
  const inventories = new Map<string, Inventory>();
  for (const section of sections.values()) {
    const isHere = ({ sectionId }: { sectionId: string }) => sectionId === section.id;
    inventories.set(section.id, {
      section,
      bookings: new Map(bookings.filter(isHere).map((booking) => [booking.id, booking])),
      seatsOfUsers: new Map(seatsOfUsers.filter(isHere).map((u) => [u.userId, u.quantity])),
      seats: section.seating === 'reserved' ? await readSeats(client, section.id) : undefined,
    });
  }
  return inventories;
}

/** Decides a job as a worker does; what is stored of it is looked up unless told otherwise. */
export async function decideJob(
  stage: Stage,
  commands: readonly Command[],
  options: {
    readonly stored?: readonly Booking[];
    readonly notifications?: readonly Notification[];
  } = {},
): Promise<BatchResult> {
  const open = await openJob(stage, commands);
  const { stored: bookings = open.bookings, notifications = [] } = options;
  const inventories = await inventoriesOf(stage.client, { ...open, bookings });
  const result = decideBatch(inventories, commands, open.nowUs);
  const storedBefore = new Map(bookings.map((booking) => [booking.id, booking]));
  await commitDecision(stage.client, { result, storedBefore, notifications });
  return result;
}

export interface Stored {
  readonly ledger: readonly {
    booking_id: string;
    sequence: string;
    command: string;
    outcome: string;
    remaining: number;
  }[];
  readonly bookings: readonly { id: string; status: string; sequence: string }[];
  readonly sections: readonly {
    id: string;
    remaining: number;
    held: number;
    confirmed: number;
    sequence: string;
  }[];
  readonly seats: readonly { label: string; booking_id: string }[];
}

/** What the database holds of the stage's sections. */
export async function readStored({ pool, sectionIds }: Stage): Promise<Stored> {
  const read = async (sql: string) => (await pool.query(sql, [sectionIds])).rows;
  return {
    ledger: await read(
      `SELECT booking_id, sequence, command, outcome, remaining FROM ledger
        WHERE section_id = ANY($1) ORDER BY section_id, sequence`,
    ),
    bookings: await read(
      `SELECT id, status, sequence FROM bookings WHERE section_id = ANY($1)
        ORDER BY section_id, sequence`,
    ),
    sections: await read(
      `SELECT id, remaining, held, confirmed, sequence FROM sections WHERE id = ANY($1)
        ORDER BY id`,
    ),
    seats: await read(
      'SELECT label, booking_id FROM seats WHERE section_id = ANY($1) ORDER BY section_id, label',
    ),
  };
}
