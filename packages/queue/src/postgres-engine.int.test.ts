import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openEngine } from './index.js';

/** More than Node lets anything have of one kind of listener without a warning. */
const takeovers = 12;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test('a lane that is taken again and again leaves no listener behind', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const engine = await openEngine({
    databaseUrl: database.url,
    prefix: 'unused',
    role: 'consumer',
    onError: (error) => warnings.push(error),
  });
  for (let n = 0; n < takeovers; n++) {
    const queue = engine.queue(0);
    const worker = engine.worker(0, 100);
    await worker.waitUntilReady();
    await worker.close(true);
    await queue.close();
  }
  await engine.close();
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

test('a worker that goes on when its connections are gone leaves the process its time', async () => {
  const engine = await openEngine({
    databaseUrl: database.url,
    prefix: 'unused',
    role: 'consumer',
    onError: () => undefined,
  });
  const worker = engine.taskWorker('tasks', async () => undefined, {
    ...{ concurrency: 8, lockMs: 1_000, backoffMs: () => 1_000 },
  });
  let failures = 0;
  worker.on('error', () => {
    failures++;
  });
  await engine.close();
  worker.run().catch(() => undefined);
  // Without a pause between them, failures leave no turn of the event loop for anything else.
  await vi.waitFor(() => expect(failures).toBeGreaterThan(2));
  expect(failures).toBeLessThan(20);
  await worker.close(true);
});
