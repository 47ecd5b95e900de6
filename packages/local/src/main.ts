import { readConfig } from './config.js';
import { findOffer } from './demo-event.js';
import { startLocalStack } from './local-stack.js';

const say = (message: string): void => console.log(`stile: ${message}`);

const config = readConfig();
const stack = await startLocalStack(config, say).catch((error: Error) => {
  console.error(`stile: could not start: ${error.message}`);
  process.exit(1);
});

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    say('stopping; the data stays');
    await stack.stop();
    process.exit(0);
  });
}

const { event, section } = await findOffer(stack.address);
say(`ready
  page       ${stack.address}
  operators  ${stack.address}/ops
  API docs   ${stack.address}/docs
  queues     ${stack.address}/queues
  metrics    ${stack.address}/metrics (api), ${stack.workerAddress}/metrics (worker)
  engine     ${config.redisUrl === undefined ? 'PostgreSQL (set REDIS_URL for Redis)' : 'Redis'}
  database   ${config.databaseUrl === undefined ? `embedded, in ${config.dataDir}` : 'DATABASE_URL'}

Book two seats in "${event.name}", ${section.name}:
  curl -s '${stack.address}/bookings?wait=5' -H 'content-type: application/json' \\
    -d '{"sectionId":"${section.id}","quantity":2}'

Ctrl-C stops everything.`);
