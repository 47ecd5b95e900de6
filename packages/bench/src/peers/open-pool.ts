import pg from 'pg';
import type { PeerDependencies } from './peer.js';

/** The peer's connections; several queries may be on their way on one, which saves round trips. */
export function openPool({ databaseUrl, tuning, onError }: PeerDependencies): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'stile-bench-peer',
    max: tuning.poolMax,
    min: tuning.poolMax,
    idleTimeoutMillis: 0,
    keepAlive: true,
    pipeline: true,
  }).on('error', onError);
}
