import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bookCommands,
  decideJob,
  newJobId,
  openStage,
  readStored,
  type Stage,
} from './decision.test-fixture.js';

const nowhere = '018f0000-0000-7000-8000-ffff00000000';
let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage(database.url, 10);
  await decideJob(stage, bookCommands(newJobId(), stage.sectionIds, [1, 1, 9]));
});
afterAll(async () => {
  await stage.close();
  await database.drop();
});

describe('what is stored of a section', () => {
  test.each([
    [
      'bookings',
      `INSERT INTO bookings (id, section_id, quantity, status, price, sequence, accepted_at, decided_at)
       SELECT gen_random_uuid(), named, 1, 'confirmed', 0, 99, now(), now()
         FROM unnest(ARRAY[$1, $2]::uuid[]) AS named`,
    ],
    [
      'ledger',
      `INSERT INTO ledger (section_id, sequence, command, quantity, outcome, remaining, accepted_at, decided_at)
       SELECT named, 99, 'change', 0, 'changed', 0, now(), now()
         FROM unnest(ARRAY[$1, $2]::uuid[]) AS named`,
    ],
  ])('is stored only while it exists: %s', async (table, sql) => {
    const stored = await readStored(stage);
    const [known] = stage.sectionIds;
    await expect(stage.pool.query(sql, [known, nowhere])).rejects.toMatchObject({
      code: '23503',
      table,
      constraint: `${table}_section_exists`,
      message: `${table} names section ${nowhere}, which does not exist`,
    });
    expect(await readStored(stage)).toEqual(stored);
  });

  test.each([
    ['a section can not go', 'DELETE FROM sections'],
    ['nor can all of them', 'TRUNCATE sections CASCADE'],
    ['nor be named anew', 'UPDATE sections SET id = gen_random_uuid()'],
    ['and a booking stays in its section', `UPDATE bookings SET section_id = '${nowhere}'`],
  ])('never loses it: %s', async (_what, sql) => {
    const stored = await readStored(stage);
    await expect(stage.pool.query(sql)).rejects.toMatchObject({ code: '23001' });
    expect(await readStored(stage)).toEqual(stored);
  });
});
