import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  about,
  bookCommands,
  decideJob,
  lane,
  newJobId,
  openStage,
  readStored,
  type Stage,
} from './decision.test-fixture.js';
import { createDatabase, findDueHolds } from './index.js';

let database: TestDatabase;
let stage: Stage;

beforeEach(async () => {
  database = await createTestDatabase();
  stage = await openStage(database.url, 100);
});
afterEach(async () => {
  await stage.close();
  await database.drop();
});

/** Holds that end so many seconds from now, some of them in the past. */
async function hold(secondsFromNow: readonly number[]) {
  const quantities = secondsFromNow.map(() => 1);
  const commands = bookCommands(newJobId(), stage.sectionIds, quantities, { hold: true });
  await decideJob(stage, commands);
  for (const [n, seconds] of secondsFromNow.entries()) {
    await stage.pool.query(
      `UPDATE bookings SET expires_at = clock_timestamp() + $1 * interval '1 second' WHERE id = $2`,
      [seconds, commands[n]?.id],
    );
  }
  return commands;
}

const find = (limit = 10) => findDueHolds(createDatabase(stage.pool), lane, limit);
const idsOf = (due: readonly { bookingId: string }[]) => due.map(({ bookingId }) => bookingId);

describe('the holds that are over', () => {
  test('come longest over first, with the time until the next one ends', async () => {
    const [later, over, first] = await hold([60, -1, -20, 3_600]);
    const { due, nextInMs } = await find();
    expect(idsOf(due)).toEqual([first?.id, over?.id]);
    expect(due[0]?.sectionId).toBe(first?.sectionId);
    expect(later).toBeDefined();
    expect(nextInMs).toBeGreaterThan(55_000);
    expect(nextInMs).toBeLessThanOrEqual(60_000);
  });

  test('come no more at a time than the limit, and then the next one is over already', async () => {
    const commands = await hold([-5, -4, -3, -2]);
    const { due, nextInMs } = await find(3);
    expect(idsOf(due)).toEqual(commands.slice(0, 3).map(({ id }) => id));
    expect(nextInMs).toBe(0);
  });

  test('are none of those that were confirmed, cancelled or ended', async () => {
    const [confirmed, cancelled, expired] = await hold([-3, -3, 60]);
    await decideJob(stage, [about('cancel', cancelled as never)]);
    await stage.pool.query(`UPDATE bookings SET status = 'confirmed' WHERE id = $1`, [
      confirmed?.id,
    ]);
    await stage.pool.query(`UPDATE bookings SET status = 'expired' WHERE id = $1`, [expired?.id]);
    expect(await find()).toEqual({ due: [], nextInMs: undefined });
  });

  test('are those of the lane alone', async () => {
    await hold([-3, 60]);
    const other = await findDueHolds(createDatabase(stage.pool), lane + 1, 10);
    expect(other).toEqual({ due: [], nextInMs: undefined });
  });

  test('can be ended by the database’s clock at once, and are found no more', async () => {
    const [held] = await hold([-0.001]);
    const { due } = await find();
    expect(idsOf(due)).toEqual([held?.id]);
    await decideJob(stage, [about('expire', held as never)]);
    expect(await find()).toEqual({ due: [], nextInMs: undefined });
    expect((await readStored(stage)).ledger.map(({ outcome }) => outcome)).toEqual([
      ...['held', 'expired'],
    ]);
  });
});
