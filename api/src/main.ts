import { createProcessRegistry, openLog } from '@stile/telemetry';
import { readConfig } from './config.js';
import { startApi } from './server.js';

const config = readConfig();
const { logLevel: level, logPretty: pretty } = config;
const { logger, flush } = await openLog({ name: 'stile-api', level, pretty, buffered: true });
const api = await startApi(config, logger, createProcessRegistry());
logger.info({ address: api.address }, 'api ready');

let stopping = false;
const stop = async (cause: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  logger.info({ cause }, 'api stops: its health says so, and it answers what still comes');
  await api.drain(config.drainMs);
  await api.stop();
  flush();
  process.exit(0);
};
// `disconnect` comes when a parent that started this process with a channel is gone.
for (const cause of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.on(cause, () => stop(cause));
}

// Last: whoever hears it may send a signal at once.
process.send?.({ address: api.address });
