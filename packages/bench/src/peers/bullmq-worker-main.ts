import { pino } from 'pino';
import { startPeerWorker } from './bullmq-worker.js';
import { readConfig } from './config.js';
import { firstTuning, type PeerTuning } from './peer.js';

const { name, api } = readConfig();
const logger = pino({ name: `peer-${name}-worker`, level: api.logLevel });
const worker = await startPeerWorker({
  databaseUrl: api.databaseUrl,
  redisUrl: api.redisUrl,
  prefix: `${api.prefix}-${name}`,
  tuning: firstTuning,
  onError: (err) => logger.error({ err }, 'a connection failed'),
});

process.on('message', async ({ tuning }: { tuning: PeerTuning }) => {
  await worker.tune(tuning);
  process.send?.({ tuned: true });
});
const stop = async (): Promise<void> => {
  await worker.close();
  process.exit(0);
};
for (const cause of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(cause, stop);
process.send?.({});
