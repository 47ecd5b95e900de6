import { openAtomicUpdate } from './atomic-update.js';
import { openBullmqJobs } from './bullmq-jobs.js';
import { openForUpdate, openForUpdateAwaited } from './for-update.js';
import { openOptimisticVersion } from './optimistic-version.js';
import type { OpenPeer } from './peer.js';
import { openRedlock } from './redlock.js';
import { openSerializable } from './serializable.js';

export interface Strategy {
  readonly open: OpenPeer;
  /** In words, for tables. */
  readonly title: string;
  /** Without Redis it can't run. */
  readonly needsRedis: boolean;
  /** Whether it can sell chosen seats; the others gain nothing from seats over a quantity. */
  readonly sellsSeats: boolean;
  /** Whether the delay before another try is worth tuning. */
  readonly retries: boolean;
}

const onPostgres = { needsRedis: false, sellsSeats: false, retries: false };

/** Every peer by its name. */
export const strategies = {
  'atomic-update': {
    ...onPostgres,
    open: openAtomicUpdate,
    title: 'atomic UPDATE',
    sellsSeats: true,
  },
  'for-update': { ...onPostgres, open: openForUpdate, title: 'FOR UPDATE', sellsSeats: true },
  'for-update-awaited': {
    ...onPostgres,
    open: openForUpdateAwaited,
    title: 'FOR UPDATE, 5 round trips',
  },
  serializable: { ...onPostgres, open: openSerializable, title: 'SERIALIZABLE', retries: true },
  optimistic: { ...onPostgres, open: openOptimisticVersion, title: 'version check', retries: true },
  redlock: {
    ...onPostgres,
    open: openRedlock,
    title: 'RedLock',
    needsRedis: true,
    retries: true,
  },
  bullmq: { ...onPostgres, open: openBullmqJobs, title: 'BullMQ, job a booking', needsRedis: true },
} satisfies Record<string, Strategy>;

export type PeerName = keyof typeof strategies;

export const peerNames = Object.keys(strategies) as PeerName[];
