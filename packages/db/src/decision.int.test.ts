import { decideBatch } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openStage(database.url, capacity);
});
afterEach(() => stage.close());

const noneStored = { storedBefore: new Map(), notifications: [] };

/** Each section's sequences, in order. */
const sequences = (rows: readonly { sequence: string }[]): number[] =>
  rows.map(({ sequence }) => Number(sequence));

describe('the decision transaction', () => {
  test('stores a whole batch over two sections: bookings, ledger and sections agree', async () => {
    const jobId = newJobId();
    const commands = bookCommands(jobId, stage.sectionIds, [4, 4, 4, 4, 4, 4, 2, 1]);
    const { verdicts } = await decideJob(stage, commands);
    const stored = await readStored(stage);
    const inFirst = commands.filter((_, n) => n % 2 === 0).map(({ id }) => id);
    const inSecond = commands.filter((_, n) => n % 2 === 1).map(({ id }) => id);
    expect(stored.ledger.map((row) => row.booking_id)).toEqual([...inFirst, ...inSecond]);
    expect(stored.ledger.map(({ remaining }) => remaining)).toEqual([6, 2, 2, 0, 6, 2, 2, 1]);
    expect(stored.bookings.map(({ id }) => id)).toEqual([...inFirst, ...inSecond]);
    expect(stored.bookings.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    expect(stored.sections).toMatchObject([
      { remaining: 0, sequence: '4' },
      { remaining: 1, sequence: '4' },
    ]);
    expect(verdicts.map((verdict) => verdict?.kind)).toEqual(new Array(8).fill('recorded'));
    expect(sequences(stored.ledger)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  test('numbers decisions without a gap from batch to batch, rejections included', async () => {
    for (const quantities of [[3, 3], [9, 9, 9, 9], [1]]) {
      const jobId = newJobId();
      await decideJob(stage, bookCommands(jobId, stage.sectionIds, quantities));
    }
    const { ledger, bookings } = await readStored(stage);
    expect(sequences(ledger)).toEqual([1, 2, 3, 4, 1, 2, 3]);
    expect(sequences(bookings)).toEqual(sequences(ledger));
  });

  test('finds what an earlier attempt at a job stored, and then changes nothing', async () => {
    const jobId = newJobId();
    const commands = bookCommands(jobId, stage.sectionIds, [6, 6, 6, 6, 1]);
    const first = await decideJob(stage, commands);
    const stored = await readStored(stage);
    const second = await decideJob(stage, commands);
    expect(second.verdicts).toEqual(
      first.bookings.map((booking) => ({ kind: 'repeated', booking })),
    );
    expect(second.entries).toEqual([]);
    expect(await readStored(stage)).toEqual(stored);
  });

  test('without that look a repeated job breaks a key, and sells nothing twice', async () => {
    const jobId = newJobId();
    const commands = bookCommands(jobId, stage.sectionIds, [1, 1]);
    await decideJob(stage, commands);
    const stored = await readStored(stage);
    const blindly = decideJob(stage, commands, { stored: [] });
    await expect(blindly).rejects.toMatchObject({ code: '23505', constraint: 'bookings_pkey' });
    await abandonDecision(stage.client);
    expect(await readStored(stage)).toEqual(stored);
  });

  test('a failing statement leaves nothing stored and the connection usable', async () => {
    const jobId = newJobId();
    const commands = bookCommands(jobId, stage.sectionIds, [1, 2, 3]);
    const open = await openJob(stage, commands);
    const inventories = await inventoriesOf(stage.client, open);
    const result = decideBatch(inventories, commands, open.nowUs);
    const entries = result.entries.map((entry, n) =>
      n === 2 ? { ...entry, remaining: -1 } : entry,
    );
    const decision = { ...noneStored, result: { ...result, entries } };
    await expect(commitDecision(stage.client, decision)).rejects.toMatchObject({
      constraint: 'ledger_remaining_not_negative',
    });
    await abandonDecision(stage.client);
    expect(await readStored(stage)).toMatchObject({ ledger: [], bookings: [] });
    await decideJob(stage, commands);
    expect((await readStored(stage)).ledger).toHaveLength(3);
  });

  test('tells what it notifies when it commits, and nothing when it fails', async () => {
    const listener = new pg.Client({ connectionString: database.url });
    const heard: string[] = [];
    const last = new Promise<void>((resolve) => {
      listener.on('notification', ({ payload = '' }) => {
        heard.push(payload);
        if (payload === 'last') resolve();
      });
    });
    await listener.connect();
    await listener.query('LISTEN decisions');
    const jobId = newJobId();
    const commands = bookCommands(jobId, stage.sectionIds, [1]);
    const told = (payload: string) => ({ notifications: [{ channel: 'decisions', payload }] });
    await decideJob(stage, commands, told('stored'));
    const repeated = decideJob(stage, commands, { stored: [], ...told('lost') });
    await expect(repeated).rejects.toThrow(/duplicate key/);
    await abandonDecision(stage.client);
    await decideJob(stage, [], told('last'));
    await last;
    await listener.end();
    expect(heard).toEqual(['stored', 'last']);
  });
});
