import { decideBatch } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bookCommands,
  decideJob,
  inventoriesOf,
  newJobId,
  openJob,
  openStage,
  readStored,
  type Stage,
} from './decision.test-fixture.js';
import { abandonDecision, commitDecision } from './index.js';

const capacity = 10;
let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage(database.url, capacity);
  const jobId = newJobId();
  await decideJob(stage, bookCommands(jobId, stage.sectionIds, [1, 1, 9]));
});
afterAll(async () => {
  await stage.close();
  await database.drop();
});

describe('the database itself refuses', () => {
  test.each([
    ['a remaining below zero', 'sections', 'remaining = -1', 'sections_remaining_within_capacity'],
    [
      'a remaining above the capacity',
      'sections',
      'remaining = capacity + 1',
      'sections_remaining_within_capacity',
    ],
    ['seats that nobody can account for', 'sections', 'held = held + 1', 'sections_seats_add_up'],
    [
      'fewer confirmed seats than none',
      'sections',
      'confirmed = -1, held = held + confirmed + 1',
      'sections_counts_not_negative',
    ],
    [
      'rows of seats in a general section',
      'sections',
      "seat_rows = '[]'",
      'sections_rows_when_reserved',
    ],
    ['a section without seats', 'sections', 'capacity = 0', 'sections_capacity_positive'],
    ['a negative price', 'sections', 'price = -1', 'sections_price_not_negative'],
    ['a booking of nothing', 'bookings', 'quantity = 0', 'bookings_quantity_positive'],
    [
      'a rejection without a reason',
      'bookings',
      "status = 'rejected', reason = NULL",
      'bookings_reason_when_rejected',
    ],
    [
      'a hold without an end',
      'bookings',
      "status = 'held', reason = NULL",
      'bookings_hold_expires',
    ],
    [
      'a booking that is confirmed and was never decided',
      'bookings',
      "status = 'confirmed', reason = NULL, sequence = NULL",
      'bookings_decided_unless_cancelled',
    ],
  ])('%s', async (_what, table, change, constraint) => {
    // Whichever of a row's constraints is looked at first, the row stays as it was.
    const stored = await readStored(stage);
    const refused = stage.pool.query(`UPDATE ${table} SET ${change}`);
    await expect(refused).rejects.toMatchObject({ code: '23514', constraint });
    expect(await readStored(stage)).toEqual(stored);
  });

  test.each([-1, capacity + 1])('a batch that would leave %i seats', async (remaining) => {
    const jobId = newJobId();
    const stored = await readStored(stage);
    const commands = bookCommands(jobId, stage.sectionIds, [1, 1]);
    const open = await openJob(stage, commands);
    const inventories = await inventoriesOf(stage.client, open);
    const result = decideBatch(inventories, commands, open.nowUs);
    const sections = result.sections.map(({ section, seats }) => ({
      seats,
      section: { ...section, remaining, confirmed: capacity - remaining },
    }));
    const decision = {
      result: { ...result, sections },
      storedBefore: new Map(),
      notifications: [],
    };
    await expect(commitDecision(stage.client, decision)).rejects.toMatchObject({
      code: '23514',
      table: 'sections',
    });
    await abandonDecision(stage.client);
    expect(await readStored(stage)).toEqual(stored);
  });

  test.each([
    'UPDATE ledger SET remaining = remaining',
    'UPDATE ledger SET remaining = 1 WHERE false',
    'DELETE FROM ledger',
    'TRUNCATE ledger',
  ])('to change what the ledger says: %s', async (sql) => {
    const stored = await readStored(stage);
    expect(stored.ledger).toHaveLength(3);
    await expect(stage.pool.query(sql)).rejects.toThrow(/the ledger is append-only: .* refused/);
    expect(await readStored(stage)).toEqual(stored);
  });

  test('a second decision with the same number in a section', async () => {
    const twice = stage.pool.query(
      `INSERT INTO ledger SELECT * FROM ledger WHERE section_id = $1 AND sequence = 1`,
      [stage.sectionIds[0]],
    );
    await expect(twice).rejects.toMatchObject({ constraint: 'ledger_section_id_sequence_pk' });
  });
});
