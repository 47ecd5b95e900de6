import { openPool } from './open-pool.js';
import type { OpenPeer } from './peer.js';
import { retryConflicts } from './retry.js';
import { bookInTransaction, type TransactionStyle } from './section-transaction.js';

const style: TransactionStyle = {
  begin: 'BEGIN ISOLATION LEVEL SERIALIZABLE',
  lock: 'FOR NO KEY UPDATE',
  roundTrips: 'pipelined',
};

/** serialization_failure and deadlock_detected: PostgreSQL asks to try again. */
const conflicts: ReadonlySet<unknown> = new Set(['40001', '40P01']);

/** SERIALIZABLE, the section locked as well, and conflicting transactions tried again. */
export const openSerializable: OpenPeer = async (deps) => {
  const pool = openPool(deps);
  return {
    book: (wanted) =>
      retryConflicts(async () => {
        try {
          return await bookInTransaction(pool, style, wanted);
        } catch (error) {
          if (conflicts.has((error as { code?: unknown }).code)) return undefined;
          throw error;
        }
      }, deps.tuning.retryDelayMs),
    close: () => pool.end(),
  };
};
