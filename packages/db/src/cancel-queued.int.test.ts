import { decideBatch } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  about,
  bookCommands,
  decideJob,
  inventoriesOf,
  newJobId,
  openJob,
  openStage,
  readStored,
  type Stage,
} from './decision.test-fixture.js';
import { abandonDecision, cancelQueued, commitDecision, createDatabase } from './index.js';

const capacity = 100;
let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openStage(database.url, capacity);
});
afterEach(() => stage.close());

const requests = (count: number) =>
  bookCommands(newJobId(), stage.sectionIds.slice(0, 1), new Array(count).fill(1));
const cancel = (command: ReturnType<typeof requests>[number]) =>
  cancelQueued(createDatabase(stage.pool), command);

/** Decides as a lane does: when a booking was cancelled under its hands, it begins again. */
async function decideAsLane(commands: ReturnType<typeof requests>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      await decideJob(stage, commands);
      return attempt;
    } catch (error) {
      expect(error).toMatchObject({ code: '23505', constraint: 'bookings_pkey' });
      await abandonDecision(stage.client);
    }
  }
}

describe('a booking that is cancelled in the queue', () => {
  test('before its lane looks is never sold, and keeps its place in the ledger', async () => {
    const [first, second, third] = requests(3) as [never, never, never];
    expect(await cancel(second)).toBe(true);
    expect(await cancel(second)).toBe(false);
    await decideJob(stage, [first, second, third]);
    const { ledger, bookings, sections } = await readStored(stage);
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['confirmed', 'cancelled', 'confirmed']);
    expect(bookings.map(({ status }) => status)).toEqual(['confirmed', 'cancelled', 'confirmed']);
    expect(sections[0]).toMatchObject({ remaining: capacity - 2, sequence: '3' });
  });

  test('between its lane’s look and its commit stops that commit, and wins', async () => {
    const commands = requests(2);
    const [, late] = commands as [never, never];
    const open = await openJob(stage, commands);
    const result = decideBatch(await inventoriesOf(stage.client, open), commands, open.nowUs);
    expect(await cancel(late)).toBe(true);
    const decision = { result, storedBefore: new Map(), notifications: [] };
    await expect(commitDecision(stage.client, decision)).rejects.toMatchObject({
      ...{ code: '23505', constraint: 'bookings_pkey' },
    });
    await abandonDecision(stage.client);
    expect((await readStored(stage)).ledger).toEqual([]);

    await decideJob(stage, commands);
    const { ledger, sections } = await readStored(stage);
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['confirmed', 'cancelled']);
    expect(sections[0]).toMatchObject({ remaining: capacity - 1 });
  });

  test('while its lane commits waits for that, and loses', async () => {
    const [command] = requests(1) as [never];
    const blocker = await stage.pool.connect();
    // The lane gets as far as the ledger: its booking is written and not committed.
    await blocker.query('BEGIN; LOCK TABLE ledger IN SHARE MODE');
    const deciding = decideJob(stage, [command]);
    await waitsForLock(1);
    const cancelling = cancel(command);
    await waitsForLock(2);
    await blocker.query('COMMIT');
    blocker.release();
    await deciding;
    expect(await cancelling).toBe(false);
    const { ledger, bookings } = await readStored(stage);
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['confirmed']);
    expect(bookings.map(({ status }) => status)).toEqual(['confirmed']);
  });

  test('is cancelled or decided, whoever comes first: the answer, the row and the ledger agree', async () => {
    let cancelled = 0;
    for (let round = 0; round < 12; round++) {
      const commands = requests(6);
      const [answers] = await Promise.all([
        Promise.all(commands.map(cancel)),
        decideAsLane(commands),
      ]);
      const { ledger, bookings } = await readStored(stage);
      commands.forEach(({ id }, n) => {
        const expected = answers[n] ? 'cancelled' : 'confirmed';
        expect(bookings.find((booking) => booking.id === id)?.status).toBe(expected);
        expect(ledger.find((entry) => entry.booking_id === id)?.outcome).toBe(expected);
      });
      cancelled += answers.filter((answer) => answer).length;
    }
    const { sections, ledger } = await readStored(stage);
    expect(ledger.map(({ sequence }) => Number(sequence))).toEqual(ledger.map((_, n) => n + 1));
    expect(sections[0]?.remaining).toBe(capacity - (12 * 6 - cancelled));
  });

  test('can be cancelled once more by a command, which then changes nothing', async () => {
    const [command] = requests(1) as [ReturnType<typeof requests>[number]];
    await cancel(command);
    const result = await decideJob(stage, [about('cancel', command), command]);
    expect(result.verdicts.map((verdict) => verdict?.kind)).toEqual(['repeated', 'recorded']);
  });

  test('of a section that does not exist is not', async () => {
    const [command] = requests(1) as [ReturnType<typeof requests>[number]];
    expect(await cancel({ ...command, sectionId: newJobId() })).toBe(false);
  });
});

async function waitsForLock(count: number): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect((await stage.pool.query(waiting)).rowCount).toBe(count));
}
