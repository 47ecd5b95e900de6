import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runOverload } from './run-overload.js';

/** An api that has just started needs the first of them to refuse quickly. */
const seconds = 8;
/** Resident at most: as much as the heap alone would be allowed. */
const memoryMbMax = 384;
const recoveryMsMax = 5_000;

describe.each(engines)('far more than can be decided, with lanes on $name', ({ redisUrl }) => {
  let database: TestDatabase;
  let prefix: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    prefix = uniquePrefix();
  });
  afterEach(async () => {
    await database.drop();
    if (redisUrl) await dropPrefix(redisUrl, prefix);
  });

  test('is refused, costs no memory, and is forgotten within seconds', async () => {
    const servers = { databaseUrl: database.url, redisUrl };
    const report = await runOverload({ servers, prefix, seconds });
    console.info(report);
    const { accepted, refused, memoryMb } = report;
    expect(report).toMatchObject({ others: [], lost: 0, crashes: [] });
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(accepted);
    expect(report.recoveryMs).toBeLessThan(recoveryMsMax);
    expect(Math.max(memoryMb.api.peak, memoryMb.worker.peak)).toBeLessThan(memoryMbMax);
  });
});
