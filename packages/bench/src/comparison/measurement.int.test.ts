import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoadGenerator } from '../load/load-generator.js';
import { createPeerTables } from '../peers/tables.js';
import { withClient } from '../servers/bench-servers.js';
import { type PeerSubject, startPeer } from '../subjects/peer-subject.js';
import type { BenchSite } from './bench-site.js';
import { measure, UnsoundError } from './measurement.js';
import { saleWork } from './works.js';

describe('a measurement', () => {
  const execArgv = [...process.execArgv];
  const generator = new LoadGenerator();
  let database: TestDatabase;
  let peer: PeerSubject;
  let site: BenchSite;

  beforeAll(async () => {
    // Vitest's own process resolves packages to their sources; the benchmark's processes run what was built.
    process.execArgv = [];
    database = await createTestDatabase();
    await withClient(database.url, createPeerTables);
    await generator.start();
    peer = await startPeer({
      ...{ name: 'atomic-update', nearDatabaseUrl: database.url, databaseUrl: database.url },
      ...{ prefix: 'unused', environment: {} },
    });
    site = {
      ...{ servers: { adminUrl: database.url, redisUrl: undefined, stop: async () => undefined } },
      ...{ generator, environment: {}, prefix: 'unused', say: () => undefined },
      createDatabase: async () => database.url,
      stop: async () => undefined,
    };
  });
  afterAll(async () => {
    process.execArgv = execArgv;
    await generator.stop();
    await peer?.stop();
    await database.drop();
  });

  it('counts what clients were told, and finds the same stored', async () => {
    const { load, check, failures } = await measure(site, peer, saleWork(30, 400, 20));
    expect(load).toMatchObject({ confirmed: 30, rejected: 370, unsent: 0 });
    expect(load.latency.count).toBe(400);
    expect(check).toEqual({ capacity: 30, sold: 30, bookings: 30, sectionsWrong: 0 });
    expect(failures).toBe(0);
  });

  it('of one who confirms and does not store is refused', async () => {
    const forgetful = {
      ...peer,
      check: async () => ({ capacity: 30, sold: 29, bookings: 29, sectionsWrong: 0 }),
    };
    await expect(measure(site, forgetful, saleWork(30, 60, 20))).rejects.toThrow(UnsoundError);
  });
});
