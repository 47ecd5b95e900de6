import {
  type BatchResult,
  type BookCommand,
  type Booking,
  type Command,
  decideBatch,
  type Inventory,
  type SeatMap,
} from '@stile/core';
import {
  abandonDecision,
  commitDecision,
  commitRemembered,
  type Notification,
  type OpenDecision,
  openDecision,
  readSeats,
} from '@stile/db';
import { encodeOutcomes, outcomeChannel, outcomeTuple, type TakenJob } from '@stile/queue';
import type pg from 'pg';
import type { BatchUnderWay } from './batch-under-way.js';
import type { SectionMemory } from './section-memory.js';

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
  readonly memory: SectionMemory;
  /** What is decided, when another batch may follow it before it is. */
  readonly batch?: BatchUnderWay | undefined;
  /** The batch before this one, which may still be under way. */
  readonly before?: BatchUnderWay | undefined;
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
 * Decides the jobs in one transaction, and with the same commit tells the api processes whose
 * clients wait: in one round trip from what is remembered, else in two. Deciding jobs again that
 * were decided before changes nothing and tells the same. Throws `FencedError`, `PassedOverError`,
 * or what the database or the queue threw; then nothing is decided.
 */
export async function decideJobs(
  desk: LaneDesk,
  jobs: readonly TakenJob[],
  isInOrder: Promise<boolean>,
): Promise<DecidedJobs> {
  const startedAtMs = Date.now();
  const batch = { jobs, commands: jobs.flatMap((job) => job.commands), isInOrder };
  const decision = (await decideFromMemory(desk, batch)) ?? (await decideFromStore(desk, batch));
  const { result, decided, nowUs } = decision;
  desk.onCommitted?.({ jobs, result, startedAtMs, committedAtMs: Date.now() });
  return { jobs: decided, holdEndsInUs: firstHoldEnd(result.bookings, nowUs) };
}

/** What is decided together. */
interface Batch {
  readonly jobs: readonly TakenJob[];
  readonly commands: readonly Command[];
  readonly isInOrder: Promise<boolean>;
}

/** A batch that was committed. */
interface Decision {
  readonly result: BatchResult;
  readonly decided: readonly DecidedJob[];
  readonly nowUs: number;
}

/** Undefined when something must be read, or the database knows better; nothing is decided then. */
async function decideFromMemory(
  desk: LaneDesk,
  { jobs, commands, isInOrder }: Batch,
): Promise<Decision | undefined> {
  const { client, lane, epoch, memory, batch, before, undecidable } = desk;
  if (undecidable !== undefined || !commands.every(isRequestToBook)) return undefined;
  await unlessPassedOver(lane, isInOrder);
  if (before?.canBeFollowed === false) await before.decided;
  // From here until the statement is sent nothing is awaited: no other batch comes in between.
  const remembered = memory.recall(commands);
  if (remembered === undefined) return undefined;
  const { inventories, nowUs } = remembered;
  const result = decideBatch(inventories, commands, nowUs);
  const { decided, notifications } = tellOutcomes(jobs, result, nowUs);
  const committing = commitRemembered(client, {
    ...{ lane, epoch, result, notifications, decidedAtUs: nowUs },
    sections: [...inventories.values()].map(({ section }) => section),
    number: batch?.number ?? null,
    follows: before?.isSent ? before.number : null,
  });
  // Before it is stored, for the batch that follows: it is refused with this one.
  for (const after of result.sections) memory.put(after);
  batch?.sent();
  let committedAtUs: number | undefined;
  try {
    committedAtUs = await committing;
  } finally {
    if (committedAtUs === undefined) {
      batch?.refused();
      memory.clear();
    }
  }
  if (committedAtUs === undefined) return undefined;
  memory.clock.told(committedAtUs);
  return { result, decided, nowUs };
}

async function decideFromStore(
  { client, lane, epoch, memory, before, undecidable }: LaneDesk,
  { jobs, commands, isInOrder }: Batch,
): Promise<Decision> {
  await before?.decided;
  const open = await openDecision(client, { lane, epoch, commands });
  if (open.kind === 'fenced') throw new FencedError(`lane ${lane} has a newer owner`);
  try {
    const { nowUs } = open;
    memory.clock.told(nowUs);
    const inventories = inventoriesOf(open, await seatMaps(client, open, memory));
    await unlessPassedOver(lane, isInOrder);
    const result = decideBatch(inventories, commands, nowUs, undecidable);
    const { decided, notifications } = tellOutcomes(jobs, result, nowUs);
    const storedBefore = new Map(open.bookings.map((booking) => [booking.id, booking]));
    await commitDecision(client, { result, storedBefore, notifications });
    for (const after of result.sections) memory.put(after);
    return { result, decided, nowUs };
  } catch (error) {
    await abandonDecision(client).catch(() => undefined);
    throw error;
  }
}

const isRequestToBook = (command: Command): command is BookCommand => command.kind === 'book';

async function unlessPassedOver(lane: number, isInOrder: Promise<boolean>): Promise<void> {
  if (!(await isInOrder)) throw new PassedOverError(`a job of lane ${lane} was passed over`);
}

/** What Bull Board shows of each job, and the messages to the clients who wait. */
function tellOutcomes(
  jobs: readonly TakenJob[],
  { verdicts }: BatchResult,
  nowUs: number,
): { decided: DecidedJob[]; notifications: Notification[] } {
  const notifications: Notification[] = [];
  let next = 0;
  const decided = jobs.map((job): DecidedJob => {
    const tuples = job.commands.map((command, index) =>
      outcomeTuple(command.kind === 'book', verdicts[next + index]),
    );
    next += job.commands.length;
    if (job.replyTo !== undefined) {
      const channel = outcomeChannel(job.replyTo);
      for (const payload of encodeOutcomes(job.id, nowUs, tuples, job.from)) {
        notifications.push({ channel, payload });
      }
    }
    return { job, returnValue: tuples };
  });
  return { decided, notifications };
}

/** The seat maps of the reserved sections: from the cache when it is of the locked version. */
async function seatMaps(
  client: pg.Client,
  open: OpenDecision,
  memory: SectionMemory,
): Promise<Map<string, SeatMap>> {
  const maps = new Map<string, SeatMap>();
  for (const section of open.sections.values()) {
    if (section.seating !== 'reserved') continue;
    maps.set(section.id, memory.seatsOf(section) ?? (await readSeats(client, section.id)));
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
