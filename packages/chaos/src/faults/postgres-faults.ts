import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, FaultScene } from './fault.js';

/** Killed with all its backends; it comes back through crash recovery. */
export const postgresKilled: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ deployment, random }) => {
    const { postgres } = deployment.servers;
    await postgres.kill();
    await delay(random.between(500, 3_000));
    await postgres.restart();
  },
};

const frozenMs = 20_000;

/** Stopped in mid-air for 20 s: connections stay open and nothing answers. */
export const postgresFrozen: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ deployment }) => {
    const { postgres } = deployment.servers;
    await postgres.freeze();
    await delay(frozenMs);
    await postgres.thaw();
  },
};

/**
 * Takes no writes, as a full disk or a failover to a standby has it: every transaction is
 * read-only. On the PostgreSQL engine this is the queue too.
 */
export const postgresReadOnly: Fault = {
  engines: ['postgres', 'redis'],
  strike: async (scene) => {
    await alterSystem(scene, 'SET default_transaction_read_only = on');
    await delay(scene.random.between(1_000, 5_000));
    await alterSystem(scene, 'RESET default_transaction_read_only');
  },
};

async function alterSystem({ database }: FaultScene, change: string): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('SET default_transaction_read_only = off');
    await client.query(`ALTER SYSTEM ${change}`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    client.release(true);
  }
}
