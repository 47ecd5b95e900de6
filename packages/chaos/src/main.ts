import { randomInt } from 'node:crypto';
import { migrateDatabase } from '@stile/db';
import { migrateQueue } from '@stile/queue';
import { startLocalServers } from './deployment/local-servers.js';
import { planFaults } from './faults/strike-faults.js';
import {
  type ChaosOptions,
  chaosHelp,
  type EngineName,
  parseChaosOptions,
  UsageError,
} from './options.js';
import { runChaos } from './run-chaos.js';
import { runOverload } from './run-overload.js';
import { summarize, summarizeOverload } from './summary.js';

const exitCodes = { sound: 0, violated: 1, usage: 2 };
const gapMs = [5_000, 15_000] as const;

const say = (message: string): void => console.log(`stile: ${message}`);
const interrupt = new AbortController();

async function main(): Promise<number> {
  const options = parseChaosOptions(process.argv.slice(2), randomInt(2 ** 31));
  if (options === 'help') {
    console.log(chaosHelp);
    return exitCodes.sound;
  }
  let code = exitCodes.sound;
  for (const engine of options.engines) {
    if (interrupt.signal.aborted) break;
    const run = options.overload ? isBorne : isSound;
    if (!(await run(engine, options))) code = exitCodes.violated;
  }
  return code;
}

async function isSound(engine: EngineName, options: ChaosOptions): Promise<boolean> {
  const { seconds, rate, seed, faults } = options;
  say(`${engine} engine: ${rate} buyers/s for ${seconds} s, seed ${seed}`);
  const servers = await startLocalServers(engine);
  try {
    const report = await runChaos({
      ...{ servers, seconds, rate, seed, signal: interrupt.signal },
      plan: planFaults({ seed, engine, kinds: faults, gapMs }),
      onProgress: ({ elapsedSeconds, requests, open, faults, fault }) =>
        say(
          `${elapsedSeconds.toFixed(0)} s, ${requests.toLocaleString('en-US')} requests, ` +
            `${open} open, ${faults} faults${fault === undefined ? '' : `, now ${fault}`}`,
        ),
    });
    say(`${engine} engine, seed ${seed}\n${summarize(report)}`);
    return report.violations.length === 0;
  } finally {
    await servers.stop();
  }
}

/** Overload is borne when nothing was lost, ended or answered but with 202 and 503. */
async function isBorne(engine: EngineName, { seconds }: ChaosOptions): Promise<boolean> {
  say(`${engine} engine: more than one lane can decide, for ${seconds} s`);
  const servers = await startLocalServers(engine);
  try {
    const { databaseUrl } = servers;
    await migrateDatabase(databaseUrl);
    if (engine === 'postgres') await migrateQueue(databaseUrl);
    const report = await runOverload({
      ...{ servers, prefix: 'stile-overload', seconds },
      onProgress: (answered) => say(`${answered.toLocaleString('en-US')} requests answered`),
    });
    say(`${engine} engine\n${summarizeOverload(report)}`);
    return report.others.length + report.lost + report.crashes.length === 0;
  } finally {
    await servers.stop();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort());
}
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    const usage = error instanceof UsageError;
    console.error(`stile: ${error.message}${usage ? '\nSee npm run chaos -- --help' : ''}`);
    process.exit(usage ? exitCodes.usage : exitCodes.violated);
  },
);
