import { startApi } from '@stile/api';
import pg from 'pg';
import { pino } from 'pino';
import { readConfig } from './config.js';
import { firstTuning, type PeerTuning } from './peer.js';
import { peerRoutes } from './routes.js';
import { strategies } from './strategies.js';

// A peer's process: Stile's own server with the peer's routes beside Stile's, which stay idle.
const { name, api: apiConfig } = readConfig();
const logger = pino({ name: `peer-${name}`, level: apiConfig.logLevel });
const { databaseUrl, redisUrl, prefix, databasePoolMax } = apiConfig;
const onError = (err: Error) => logger.error({ err }, 'a connection failed');
const { open } = strategies[name];
const openTuned = (tuning: PeerTuning) =>
  open({ databaseUrl, redisUrl, prefix: `${prefix}-${name}`, tuning, onError });

let peer = await openTuned(firstTuning);
const pool = new pg.Pool({ connectionString: databaseUrl, max: databasePoolMax });
const api = await startApi(apiConfig, logger, undefined, async (app) => {
  await app.register(peerRoutes, { peer: () => peer, pool });
});

/** A new tuning, sent while nothing is being booked. */
process.on('message', async ({ tuning }: { tuning: PeerTuning }) => {
  const before = peer;
  peer = await openTuned(tuning);
  await before.close();
  process.send?.({ tuned: true });
});
const stop = async (): Promise<void> => {
  await api.stop();
  await peer.close();
  await pool.end();
  process.exit(0);
};
for (const cause of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(cause, stop);
process.send?.({ address: api.address });
