import { decideBatch } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bookCommands,
  inventoriesOf,
  newJobId,
  openJob,
  openStage,
  readStored,
  type Stage,
} from './decision.test-fixture.js';
import { type DelayingProxy, startDelayingProxy } from './delaying-proxy.test-fixture.js';
import { commitDecision, createDecisionClient, type OpenDecision } from './index.js';

let database: TestDatabase;
let stage: Stage;
let proxy: DelayingProxy;
let farClient: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage(database.url, 1_000_000);
  proxy = await startDelayingProxy(database.url);
  farClient = createDecisionClient(proxy.url, 'far-away');
  await farClient.connect();
});
afterAll(async () => {
  await farClient.end();
  await proxy.close();
  await stage.close();
  await database.drop();
});

describe('a batch takes exactly two flights to the server', () => {
  test.each([
    ['the first on its connection, of one request', 1],
    ['the second', 1],
    ['one of 4,000 requests, more than a packet', 4_000],
  ])('%s', async (_what, requests) => {
    const far = { ...stage, client: farClient };
    const jobId = newJobId();
    const commands = bookCommands(jobId, stage.sectionIds, Array(requests).fill(1));
    const before = (await readStored(stage)).ledger.length;
    let open: OpenDecision | undefined;
    const openFlights = await proxy.countFlights(async () => {
      open = await openJob(far, commands);
    });
    const commitFlights = await proxy.countFlights(async () => {
      const inventories = await inventoriesOf(farClient, open as OpenDecision);
      const result = decideBatch(inventories, commands, 0);
      const notifications = [{ channel: 'decisions', payload: jobId }];
      await commitDecision(farClient, { result, storedBefore: new Map(), notifications });
    });
    expect({ openFlights, commitFlights }).toEqual({ openFlights: 1, commitFlights: 1 });
    expect((await readStored(stage)).ledger.length - before).toBe(requests);
  });

  test('and the count is honest: three statements that wait for each other are three', async () => {
    const flights = await proxy.countFlights(async () => {
      await farClient.query('BEGIN');
      await farClient.query('SELECT 1');
      await farClient.query('COMMIT');
    });
    expect(flights).toBe(3);
  });
});
