import type { Engine } from '@stile/queue';
import type pg from 'pg';
import type { Registry } from 'prom-client';
import type { WorkerConfig } from './config.js';
import { type HealthListener, startHealthListener } from './health-listener.js';
import type { LaneOwner } from './lane-owner.js';

export interface ServedWorker {
  readonly config: Pick<WorkerConfig, 'listen'>;
  readonly registry: Registry;
  readonly pool: pg.Pool;
  readonly engine: Engine;
  readonly owner: LaneOwner;
}

/** Serves a worker's metrics and health when its configuration names a port. */
export async function serveHealth(worker: ServedWorker): Promise<HealthListener | undefined> {
  const { config, registry, pool, engine, owner } = worker;
  if (config.listen === undefined) return undefined;
  return startHealthListener({
    ...config.listen,
    registry,
    checks: {
      database: () => pool.query('SELECT 1'),
      queue: () => engine.ping(),
      // A worker that owns no lane is ready to: there may be more workers than lanes.
      membership: async () => {
        if (!owner.isMember) throw new Error('the session that owns lanes is lost');
      },
    },
  });
}
