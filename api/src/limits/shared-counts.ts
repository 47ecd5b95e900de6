import { addRequestCounts, type Database } from '@stile/db';
import type { Cluster, Redis } from 'ioredis';
import type { SharedCounts } from './rate-limiter.js';

/** Counts of a window are kept for this many windows. */
const windowsKept = 2;

/** One hash for each window, which Redis forgets by itself. */
export const countsInRedis = (
  redis: Redis | Cluster,
  keyPrefix: string,
  windowSeconds: number,
): SharedCounts => ({
  add: async (window, uses) => {
    const key = `{${keyPrefix}}:${window}`;
    const pipeline = redis.pipeline();
    for (const { subject, count } of uses) pipeline.hincrby(key, subject, count);
    pipeline.expire(key, windowSeconds * windowsKept);
    const answers = (await pipeline.exec()) ?? [];
    const failed = answers.find(([error]) => error !== null)?.[0];
    if (failed) throw failed;
    return answers.slice(0, uses.length).map(([, total]) => Number(total));
  },
});

/** The same in a table that is not logged: it may be empty after a crash. */
export const countsInPostgres = (
  db: Database,
  name: string,
  windowSeconds: number,
): SharedCounts => ({
  add: (window, uses) =>
    addRequestCounts(db, {
      window: window * windowSeconds,
      keptSeconds: windowSeconds * windowsKept,
      uses: uses.map(({ subject, count }) => ({ subject: `${name} ${subject}`, count })),
    }),
});
