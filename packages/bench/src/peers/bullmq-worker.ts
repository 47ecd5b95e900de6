import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { bookAtomically } from './atomic-update.js';
import { peerQueueName } from './bullmq-jobs.js';
import { openPool } from './open-pool.js';
import type { PeerDependencies, PeerTuning, Wanted } from './peer.js';

export interface PeerWorker {
  /** Works on with another number of jobs at a time. */
  tune(tuning: PeerTuning): Promise<void>;
  close(): Promise<void>;
}

/** The processor of the peer on BullMQ: each job is one atomic statement, so none oversells. */
export async function startPeerWorker(deps: PeerDependencies): Promise<PeerWorker> {
  const { redisUrl, prefix, onError } = deps;
  if (redisUrl === undefined) throw new Error('the peer on BullMQ needs REDIS_URL');
  let pool = openPool(deps);
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null }).on('error', onError);
  const worker = new Worker<Wanted>(peerQueueName, async ({ data }) => bookAtomically(pool, data), {
    connection,
    prefix,
    concurrency: deps.tuning.poolMax,
  }).on('error', onError);
  await worker.waitUntilReady();
  return {
    tune: async (tuning) => {
      const before = pool;
      pool = openPool({ ...deps, tuning });
      worker.concurrency = tuning.poolMax;
      await before.end();
    },
    close: async () => {
      await worker.close();
      connection.disconnect();
      await pool.end();
    },
  };
}
