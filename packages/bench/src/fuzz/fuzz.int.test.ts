import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.js';
import { type OwnStack, startOwnStack } from '../own-stack.js';
import { fuzzStack } from './fuzz-stack.js';
import { fuzzSecret } from './fuzz-target.js';

const execArgv = [...process.execArgv];
let database: TestDatabase;
let stack: OwnStack;

beforeAll(async () => {
  // Vitest's own process resolves packages to their sources; api and worker run what was built.
  process.execArgv = [];
  database = await createTestDatabase();
  const config = readConfig({ DATABASE_URL: database.url });
  stack = await startOwnStack(config, () => undefined, {
    JWT_SECRET: fuzzSecret,
    LOG_LEVEL: 'fatal',
  });
});
afterAll(async () => {
  process.execArgv = execArgv;
  await stack?.stop();
  await database.drop();
});

test('hostile requests to every operation do no harm', async () => {
  const { faults, findings, statuses } = await fuzzStack(stack, {
    ...{ count: 800, seed: 20_261_120, concurrency: 16 },
    onProgress: () => undefined,
  });
  expect(faults).toEqual([]);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  // They get to what lies behind validation, or nothing was tried.
  for (const status of [200, 201, 400, 401, 404]) expect(statuses.get(status)).toBeGreaterThan(0);
});
