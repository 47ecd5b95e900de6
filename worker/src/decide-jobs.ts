import {
  type BatchResult,
  type Booking,
  decideBatch,
  type Inventory,
  type SeatMap,
} from '@stile/core';
import {
  abandonDecision,
  commitDecision,
  type Notification,
  type OpenDecision,
  openDecision,
  readSeats,
} from '@stile/db';
import { encodeOutcomes, outcomeChannel, outcomeTuple, type TakenJob } from '@stile/queue';
import type pg from 'pg';
import type { SeatCache } from './seat-cache.js';

/** A newer owner has the lane; whatever was taken is for that one to adopt. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** A job was passed over: decided now, those taken after it would be served before their turn. */
export class PassedOverError extends Error {
  override readonly name = 'PassedOverError';
}

/** A job that is decided and only waits to be settled with what Bull Board shows of it. */
export interface DecidedJob {
  readonly job: TakenJob;
  readonly returnValue: readonly unknown[];
}

/** A batch whose decision was committed just now. */
export interface CommittedBatch {
  /** Their commands together are those of the result's verdicts, in order. */
  readonly jobs: readonly TakenJob[];
  readonly result: BatchResult;
  /** By this process's clock, in milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly committedAtMs: number;
}

/** What deciding in a lane takes beside the jobs. */
export interface LaneDesk {
  readonly client: pg.Client;
  readonly lane: number;
  /** The owner's epoch. */
  readonly epoch: number;
  readonly seatCache: SeatCache;
  /** Ids of commands that are given up: see decide-isolating.ts. */
  readonly undecidable?: ReadonlySet<string>;
  /** Told of each commit; must not throw. */
  readonly onCommitted?: (batch: CommittedBatch) => void;
}

/** The jobs as they were decided, and when the first of the holds among them ends. */
export interface DecidedJobs {
  readonly jobs: readonly DecidedJob[];
  /** Microseconds from the decision; undefined when nothing was held. */
  readonly holdEndsInUs: number | undefined;
}

/**
 * Decides the jobs in one transaction of two round trips, and with the same commit tells the api
 * processes whose clients wait. Deciding jobs again that were decided before changes nothing and
 * tells the same. `isInOrder` is asked for beside the first round trip. Throws `FencedError`,
 * `PassedOverError`, or what the database or the queue threw; then nothing is decided.
 */
export async function decideJobs(
  { client, lane, epoch, seatCache, undecidable, onCommitted }: LaneDesk,
  jobs: readonly TakenJob[],
  isInOrder: Promise<boolean>,
): Promise<DecidedJobs> {
  const startedAtMs = Date.now();
  const commands = jobs.flatMap((job) => job.commands);
  const open = await openDecision(client, { lane, epoch, commands });
  if (open.kind === 'fenced') throw new FencedError(`lane ${lane} has a newer owner`);
  try {
    const inventories = inventoriesOf(open, await seatMaps(client, open, seatCache));
    if (!(await isInOrder)) throw new PassedOverError(`a job of lane ${lane} was passed over`);

    const result = decideBatch(inventories, commands, open.nowUs, undecidable);
    const notifications: Notification[] = [];
    let next = 0;
    const decided = jobs.map((job): DecidedJob => {
      const tuples = job.commands.map((command, index) =>
        outcomeTuple(command.kind === 'book', result.verdicts[next + index]),
      );
      next += job.commands.length;
      if (job.replyTo !== undefined) {
        const channel = outcomeChannel(job.replyTo);
        for (const payload of encodeOutcomes(job.id, open.nowUs, tuples, job.from)) {
          notifications.push({ channel, payload });
        }
      }
      return { job, returnValue: tuples };
    });
    const storedBefore = new Map(open.bookings.map((booking) => [booking.id, booking]));
    await commitDecision(client, { result, storedBefore, notifications });
    for (const { section, seats } of result.sections) seatCache.put(section, seats);
    onCommitted?.({ jobs, result, startedAtMs, committedAtMs: Date.now() });
    return { jobs: decided, holdEndsInUs: firstHoldEnd(result.bookings, open.nowUs) };
  } catch (error) {
    await abandonDecision(client).catch(() => undefined);
    throw error;
  }
}

/** The seat maps of the reserved sections: from the cache when it is of the locked version. */
async function seatMaps(
  client: pg.Client,
  open: OpenDecision,
  cache: SeatCache,
): Promise<Map<string, SeatMap>> {
  const maps = new Map<string, SeatMap>();
  for (const section of open.sections.values()) {
    if (section.seating !== 'reserved') continue;
    maps.set(section.id, cache.get(section) ?? (await readSeats(client, section.id)));
  }
  return maps;
}

function inventoriesOf(
  open: OpenDecision,
  seats: ReadonlyMap<string, SeatMap>,
): Map<string, Inventory> {
  const bookings = groupBy(open.bookings, (booking) => booking.sectionId);
  const users = groupBy(open.seatsOfUsers, (user) => user.sectionId);
  return new Map(
    [...open.sections.values()].map((section) => [
      section.id,
      {
        section,
        bookings: new Map(bookings.get(section.id)?.map((booking) => [booking.id, booking])),
        seatsOfUsers: new Map(users.get(section.id)?.map((user) => [user.userId, user.quantity])),
        seats: seats.get(section.id),
        changesMade: open.changesMade,
      },
    ]),
  );
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

function firstHoldEnd(bookings: readonly Booking[], nowUs: number): number | undefined {
  let first: number | undefined;
  for (const { status, expiresAtUs } of bookings) {
    if (status !== 'held' || expiresAtUs === null) continue;
    first = Math.min(first ?? expiresAtUs, expiresAtUs);
  }
  return first === undefined ? undefined : first - nowUs;
}
