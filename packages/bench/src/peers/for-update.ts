import { openPool } from './open-pool.js';
import type { OpenPeer } from './peer.js';
import { bookInTransaction, type TransactionStyle } from './section-transaction.js';

/**
 * `SELECT … FOR UPDATE` on the section, then section and booking. `NO KEY` is the weaker lock that
 * does the same here and lets foreign keys pass.
 */
const openForUpdateIn =
  (roundTrips: TransactionStyle['roundTrips']): OpenPeer =>
  async (deps) => {
    const pool = openPool(deps);
    const style: TransactionStyle = { begin: 'BEGIN', lock: 'FOR NO KEY UPDATE', roundTrips };
    return { book: (wanted) => bookInTransaction(pool, style, wanted), close: () => pool.end() };
  };

/** In two round trips: the best that the strategy can do. */
export const openForUpdate = openForUpdateIn('pipelined');

/** In five, each statement awaited: how it is mostly written. */
export const openForUpdateAwaited = openForUpdateIn('awaited');
