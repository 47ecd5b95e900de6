import { createProcessRegistry, openLog } from '@stile/telemetry';
import { readConfig } from './config.js';
import { startWorker } from './worker.js';

const config = readConfig();
const { logLevel: level, logPretty: pretty = false } = config;
const { logger } = await openLog({ name: 'stile-worker', level, pretty, buffered: false });
const worker = await startWorker(config, logger, createProcessRegistry());
const { lanes, metricsAddress } = worker;
logger.info({ lanes, metricsAddress }, 'worker ready');

let stopping = false;
const stop = async (cause: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  logger.info({ cause }, 'worker stops: it finishes its batches and lets go of its lanes');
  await worker.stop();
  process.exit(0);
};
// `disconnect` comes when a parent that started this process with a channel is gone.
for (const cause of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.on(cause, () => stop(cause));
}

// Last: whoever hears it may send a signal at once.
process.send?.({ metricsAddress });
