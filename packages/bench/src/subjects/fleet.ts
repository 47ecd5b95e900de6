import { migrateDatabase } from '@stile/db';
import type { BenchSite } from '../comparison/bench-site.js';
import { type PeerName, type Strategy, strategies } from '../peers/strategies.js';
import { createPeerTables } from '../peers/tables.js';
import { withClient } from '../servers/bench-servers.js';
import type { FarServers } from '../servers/far-servers.js';
import { type PeerSubject, startPeer } from './peer-subject.js';
import { type StileSubject, startStile, validateOnly } from './stile-subject.js';
import type { Subject } from './subject.js';

/** All that is compared, running side by side on the same servers; idle but for the one measured. */
export interface Fleet {
  /** Stile on each engine that there is: Redis first. */
  readonly stiles: readonly StileSubject[];
  readonly peers: readonly PeerSubject[];
  /** Stile's own server, only validating. */
  readonly limit: Subject;
  /** All of them. */
  readonly subjects: readonly Subject[];
  stop(): Promise<void>;
}

export interface FleetOptions {
  readonly peers: readonly PeerName[];
  /** Puts every process that far from its servers. */
  readonly far?: FarServers;
}

/** Starts Stile on both engines, and the peers, which share a database. */
export async function startFleet(
  site: BenchSite,
  { peers: names, far }: FleetOptions,
): Promise<Fleet> {
  const { servers, environment } = site;
  const use = (url: string): string => far?.far(url) ?? url;
  const redisUrl = servers.redisUrl === undefined ? undefined : use(servers.redisUrl);
  const stiles: StileSubject[] = [];
  const peers: PeerSubject[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([...stiles, ...peers].map((subject) => subject.stop()));
  };
  try {
    for (const engine of redisUrl === undefined ? [undefined] : [redisUrl, undefined]) {
      const nearDatabaseUrl = await site.createDatabase();
      const name = engine === undefined ? 'stile-postgres' : 'stile-redis';
      stiles.push(
        await startStile({
          ...{ name, nearDatabaseUrl, databaseUrl: use(nearDatabaseUrl), environment },
          title: engine === undefined ? 'Stile, PostgreSQL engine' : 'Stile, Redis engine',
          redisUrl: engine,
          prefix: `${site.prefix}-${name}${far === undefined ? '' : '-far'}`,
        }),
      );
    }
    const nearDatabaseUrl = await site.createDatabase();
    await migrateDatabase(nearDatabaseUrl);
    await withClient(nearDatabaseUrl, createPeerTables);
    for (const name of names) {
      const strategy: Strategy = strategies[name];
      if (strategy.needsRedis && redisUrl === undefined) continue;
      peers.push(
        await startPeer({
          ...{ name, nearDatabaseUrl, databaseUrl: use(nearDatabaseUrl), redisUrl, environment },
          prefix: `${site.prefix}-peers${far === undefined ? '' : '-far'}`,
        }),
      );
    }
    const [first] = stiles;
    if (first === undefined) throw new Error('no engine');
    const limit = validateOnly(first);
    return { stiles, peers, limit, subjects: [...stiles, limit, ...peers], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
