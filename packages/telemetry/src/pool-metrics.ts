import type pg from 'pg';
import { Gauge, type Registry } from 'prom-client';

/**
 * Shows how much of each connection pool is in use, read when somebody asks. `waiting` above zero
 * means that queries wait for a connection rather than for the database.
 */
export function watchPools(
  registry: Registry,
  pools: Readonly<Record<string, pg.Pool | undefined>>,
): void {
  new Gauge({
    name: 'stile_pool_connections',
    help: 'Connections to PostgreSQL in a pool: open ones, and of those the idle.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [pool, { totalCount, idleCount }] of opened(pools)) {
        this.set({ pool, state: 'open' }, totalCount);
        this.set({ pool, state: 'idle' }, idleCount);
      }
    },
  });
  new Gauge({
    name: 'stile_pool_waiting',
    help: 'Callers that wait for a connection of the pool.',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      for (const [pool, { waitingCount }] of opened(pools)) this.set({ pool }, waitingCount);
    },
  });
}

const opened = (pools: Readonly<Record<string, pg.Pool | undefined>>): [string, pg.Pool][] =>
  Object.entries(pools).flatMap(([name, pool]) => (pool === undefined ? [] : [[name, pool]]));
