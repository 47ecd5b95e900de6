import { Redis } from 'ioredis';
import Redlock, { ExecutionError } from 'redlock';
import { openPool } from './open-pool.js';
import { type OpenPeer, patienceMs } from './peer.js';
import { bookInTransaction, type TransactionStyle } from './section-transaction.js';

/** Much longer than a transaction takes, so that a lock never ends under its holder here. */
const lockMs = 10_000;

/** The lock is all that keeps transactions apart: the row is read without one. */
const style: TransactionStyle = { begin: 'BEGIN', lock: 'none', roundTrips: 'pipelined' };

/** A RedLock on the section, on one Redis, around a transaction. */
export const openRedlock: OpenPeer = async (deps) => {
  const { redisUrl, prefix, tuning, onError } = deps;
  if (redisUrl === undefined) throw new Error('RedLock needs REDIS_URL');
  const pool = openPool(deps);
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null }).on('error', onError);
  const { retryDelayMs } = tuning;
  const redlock = new Redlock([redis], {
    retryCount: Math.ceil(patienceMs / retryDelayMs),
    retryDelay: retryDelayMs,
    retryJitter: Math.ceil(retryDelayMs / 2),
  });
  return {
    book: async (wanted) => {
      const resource = `${prefix}:lock:${wanted.sectionId}`;
      const lock = await redlock.acquire([resource], lockMs).catch((error: unknown) => {
        if (error instanceof ExecutionError) return undefined;
        throw error;
      });
      if (lock === undefined) return { kind: 'gave-up', cause: 'the lock was never free' };
      try {
        return await bookInTransaction(pool, style, wanted);
      } finally {
        await lock.release();
      }
    },
    close: async () => {
      redis.disconnect();
      await pool.end();
    },
  };
};
