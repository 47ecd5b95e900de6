import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { type OwnStack, startOwnStack } from '../own-stack.js';
import { findingsOf, holds } from './findings.js';
import type { SaleMode } from './options.js';
import { readEvidence } from './proof.js';
import { readEvidenceOverHttp } from './proof-over-http.js';
import { runSale } from './sale.js';
import { openTarget } from './target.js';

const modes: readonly SaleMode[] = ['wait', 'poll'];
const size = { seats: 50, buyers: 800, connections: 40, quantity: 3 };

describe.each(engines)('a flash sale on $name', ({ redisUrl }) => {
  const prefix = uniquePrefix();
  let database: TestDatabase;
  let stack: OwnStack;
  const execArgv = [...process.execArgv];

  beforeAll(async () => {
    // Vitest's own process resolves packages to their sources; api and worker run what was built.
    process.execArgv = [];
    database = await createTestDatabase();
    const environment = {
      DATABASE_URL: database.url,
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      QUEUE_PREFIX: prefix,
    };
    const config = readConfig(environment);
    stack = await startOwnStack(config, () => undefined);
    await openTarget(stack.address, config, () => undefined);
  });
  afterAll(async () => {
    process.execArgv = execArgv;
    await stack?.stop();
    await database.drop();
    if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
  });

  it.each(modes)('sells every seat once and answers every buyer (%s)', async (mode) => {
    const sale = await runSale({ ...size, mode, address: stack.address });
    expect(sale.progress).toMatchObject({ answered: 800, confirmed: 16, rejected: 784, failed: 0 });
    const evidence = [
      await readEvidence(database.url, sale.sectionId),
      await readEvidenceOverHttp(stack.address, sale),
    ];
    for (const read of evidence) {
      if (read === undefined) throw new Error('the database does not know the section');
      expect(findingsOf({ ...size, ...sale }, read).filter((finding) => !holds(finding))).toEqual(
        [],
      );
    }
  });

  it('has no evidence of a section that another database sold', async () => {
    expect(
      await readEvidence(database.url, '01900000-0000-7000-8000-000000000001'),
    ).toBeUndefined();
  });
});
