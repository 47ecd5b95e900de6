import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Killed with all its clients waiting, and started again at the same address. */
export const apiKilled: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ deployment, random }) => {
    const api = random.pick(deployment.apis);
    await api.kill();
    await delay(random.between(500, 2_000));
    await api.start();
  },
};

/** The connections on which api processes hear outcomes are ended by the server. */
export const listenCut: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ database }) => {
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name LIKE 'stile-outcomes-%' AND datname = current_database()`,
    );
  },
};
