import { createDatabase, takeLane } from '@stile/db';
import { type Engine, openEngine } from '@stile/queue';
import {
  createTestDatabase,
  dropPrefix,
  engines,
  type TestDatabase,
  uniquePrefix,
} from '@stile/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LaneLoop } from './lane-loop.js';
import { Sale, sectionIdOf } from './sale.test-fixture.js';

const lane = 0;
/** There is no such user: the booking's foreign key refuses it, each time it is tried. */
const nobody = '018f0000-0000-7000-8000-bbbb00000000';
const asked = 40;
const poisonAt = new Set([0, 17, 39]);

describe.each(engines)(
  'a command that can never be stored, on the $name engine',
  ({ redisUrl }) => {
    let prefix: string;
    let database: TestDatabase;
    let engine: Engine;
    let sale: Sale;
    let loop: LaneLoop | undefined;

    beforeEach(async () => {
      prefix = uniquePrefix();
      database = await createTestDatabase();
      const address = { databaseUrl: database.url, redisUrl, prefix, laneCount: 1 };
      sale = await Sale.open({ ...address, sectionCount: 1, capacity: 100, requestsPerJobMax: 15 });
      engine = await openEngine({ ...address, role: 'consumer', onError: () => undefined });
    });
    afterEach(async () => {
      await loop?.stop();
      await engine.close();
      await sale.close();
      await database.drop();
      if (redisUrl) await dropPrefix(redisUrl, prefix);
    });

    test('is rejected alone and by name; its neighbours are decided, all in their turn', async () => {
      const answers = Array.from({ length: asked }, (_, place) =>
        sale.ask({
          ...{ kind: 'book', sectionId: sectionIdOf(0), quantity: 1 },
          ...(poisonAt.has(place) ? { userId: nobody } : {}),
        }),
      );
      const given: unknown[] = [];
      const logger = pino({ level: 'error' }, { write: (line) => given.push(JSON.parse(line)) });
      const db = createDatabase(sale.pool);
      const epoch = await takeLane(db, lane, 'owner');
      const bounds = { jobsPerTakeMax: 8, takeWaitMs: 500 };
      loop = new LaneLoop({
        ...{ lane, epoch, databaseUrl: database.url, db, processNumber: 8, bounds, logger, engine },
      });
      loop.start();

      const told = await Promise.all(answers);
      told.forEach(({ outcome }, place) => {
        expect(outcome).toMatchObject(
          poisonAt.has(place)
            ? { status: 'rejected', reason: 'internal_error', sequence: place + 1 }
            : { status: 'confirmed', sequence: place + 1 },
        );
      });
      expect(given).toHaveLength(poisonAt.size);
      const ids = told.filter((_, place) => poisonAt.has(place)).map(({ id }) => id);
      expect(given.map((line) => (line as { commandId: string }).commandId).sort()).toEqual(
        ids.sort(),
      );
      expect((await sale.report()).audit).toBe('clean');
    });
  },
);
