import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  bookCommands,
  decideJob,
  lane,
  newJobId,
  openJob,
  openStage,
  readStored,
  type Stage,
  stateOfConnection,
} from './decision.test-fixture.js';
import { abandonDecision, createDatabase, openDecision, takeLane } from './index.js';

let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openStage(database.url, 10);
});
afterEach(() => stage.close());

const oneJob = () => bookCommands(newJobId(), stage.sectionIds, [1]);

/** Locks that the stage's decision connection holds. */
async function locksHeld(): Promise<number> {
  const { rows } = await stage.pool.query<{ locks: number }>(
    `SELECT count(*)::int AS locks FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE application_name = 'stage-decisions' AND datname = current_database()`,
  );
  return rows[0]?.locks ?? Number.NaN;
}

describe('the fence', () => {
  test.each([
    ['older', -1],
    ['newer', 1],
  ])(
    'turns away an epoch %s than the lane’s, and leaves nothing open or locked',
    async (_, step) => {
      const { client, epoch } = stage;
      const request = { lane, epoch: epoch + step, commands: oneJob() };
      expect(await openDecision(client, request)).toEqual({ kind: 'fenced' });
      expect(await stateOfConnection(stage)).toBe('idle');
      expect(await locksHeld()).toBe(0);
    },
  );

  test('turns away a lane that does not exist', async () => {
    const request = { lane: 99, epoch: 0, commands: oneJob() };
    expect(await openDecision(stage.client, request)).toEqual({ kind: 'fenced' });
  });

  test('an open decision does hold locks, and gives them up when abandoned', async () => {
    await openJob(stage, oneJob());
    expect(await locksHeld()).toBeGreaterThan(0);
    await abandonDecision(stage.client);
    expect(await locksHeld()).toBe(0);
  });

  test('who takes the lane waits for a decision under way, and none follows it', async () => {
    const commands = oneJob();
    await openJob(stage, commands);
    let taken = false;
    const taking = takeLane(createDatabase(stage.pool), lane, 'successor').then((epoch) => {
      taken = true;
      return epoch;
    });
    await waitsForLock();
    expect(taken).toBe(false);
    await abandonDecision(stage.client);
    expect(await taking).toBe(stage.epoch + 1);
    const late = decideJob(stage, commands);
    await expect(late).rejects.toThrow('the stage lost its lane');
    expect((await readStored(stage)).ledger).toEqual([]);
  });
});

async function waitsForLock(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect((await stage.pool.query(waiting)).rowCount).toBe(1));
}
