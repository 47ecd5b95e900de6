import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { integerOption, UsageError } from '../integer-option.js';
import { startOwnStack } from '../own-stack.js';
import { fuzzStack } from './fuzz-stack.js';
import { fuzzSecret } from './fuzz-target.js';

const help = `Sends hostile requests, made from the OpenAPI document, to a server that is started for it, and
looks at what must not have changed.

  npm run fuzz -- [options]

  --requests 20000     how many
  --seed <number>      the same seed makes the same requests; else one of chance
  --connections 32     one request at a time on each
  --help               this text`;

const say = (message: string): void => console.log(`stile: ${message}`);

function optionsIn(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      requests: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      connections: { type: 'string', default: '32' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    count: integerOption('requests', values.requests, { min: 1, max: 10_000_000 }),
    seed: integerOption('seed', values.seed, { min: 1, max: 1_000_000_000 }),
    concurrency: integerOption('connections', values.connections, { min: 1, max: 1_000 }),
  };
}

async function main(): Promise<boolean> {
  const { help: wantsHelp, ...options } = optionsIn(process.argv.slice(2));
  if (wantsHelp) {
    console.log(help);
    return true;
  }
  const stack = await startOwnStack(readConfig(), say, {
    JWT_SECRET: fuzzSecret,
    LOG_LEVEL: 'error',
  });
  const stop = (): void => {
    stack.stop().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    say(`seed ${options.seed}, lanes on ${stack.engine}`);
    const tenth = Math.ceil(options.count / 10 / 500) * 500;
    const outcome = await fuzzStack(stack, {
      ...options,
      onProgress: (sent) => sent % tenth === 0 && say(`${sent} of ${options.count} sent`),
    });
    const statuses = [...outcome.statuses].sort(([a], [b]) => a - b);
    say(`answers: ${statuses.map(([status, count]) => `${count} × ${status}`).join(', ')}`);
    for (const fault of outcome.faults) console.error(JSON.stringify(fault));
    for (const { what, holds, seen } of outcome.findings) {
      console.log(`  ${holds ? 'yes' : 'NO '}  ${what} (${seen})`);
    }
    return outcome.findings.every(({ holds }) => holds);
  } finally {
    await stack.stop();
  }
}

main().then(
  (holds) => process.exit(holds ? 0 : 1),
  (error: Error) => {
    console.error(`stile: ${error.message}\nSee npm run fuzz -- --help`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
