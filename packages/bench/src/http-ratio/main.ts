import { capacityMax } from '@stile/core';
import { readConfig } from '../config.js';
import { Connection } from '../flash-sale/connection.js';
import { createSaleEvent } from '../flash-sale/sale-event.js';
import { count } from '../flash-sale/summary.js';
import { UsageError } from '../integer-option.js';
import { megabytes, peakMemoryBytes } from '../peak-memory.js';
import { type Spread, spreadOf } from '../report/spread.js';
import { type Contender, type Pair, startContenders } from './contenders.js';
import { type Load, measureLoad } from './load.js';
import { type HttpRatioOptions, httpRatioHelp, parseHttpRatioOptions } from './options.js';

type Round = readonly [subject: Load, base: Load];

/** Before anything counts: compiled code and warm connections on both sides. */
const warmUpSeconds = 2;

const say = (message: string): void => console.log(`stile: ${message}`);

async function main(): Promise<void> {
  const options = parseHttpRatioOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(httpRatioHelp);
    return;
  }
  const pair = await startContenders(options.compare, readConfig(), say);
  const stacks = new Set(pair.map(({ stack }) => stack));
  const stopAll = () => Promise.all([...stacks].map((stack) => stack.stop()));
  const stop = (): void => {
    stopAll().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    await measureRound(pair, { ...options, seconds: warmUpSeconds }, false);
    report(pair, await measureRounds(pair, options), options);
    const { api, worker } = pair[0].stack.pids;
    const [apiBytes, workerBytes] = await Promise.all([api, worker].map(peakMemoryBytes));
    console.log(`  peak memory    api ${megabytes(apiBytes)}, worker ${megabytes(workerBytes)}`);
  } finally {
    await stopAll();
  }
}

/** Who goes first changes with each round, so that a machine that slows down favours neither. */
async function measureRounds(pair: Pair, options: HttpRatioOptions): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    const [subject, base] = await measureRound(pair, options, round % 2 === 0);
    rounds.push([subject, base]);
    const rates = `${count(subject.requestsPerSecond)}/s against ${count(base.requestsPerSecond)}/s`;
    say(`round ${round} of ${options.rounds}: ${rates}`);
  }
  return rounds;
}

async function measureRound(
  [subject, base]: Pair,
  options: HttpRatioOptions,
  isBaseFirst: boolean,
): Promise<Round> {
  if (!isBaseFirst) return [await measure(subject, options), await measure(base, options)];
  const baseLoad = await measure(base, options);
  return [await measure(subject, options), baseLoad];
}

/** Each measurement has a section of its own, with more seats than can be sold in it. */
async function measure(
  { stack, path, headers }: Contender,
  { connections, seconds }: HttpRatioOptions,
): Promise<Load> {
  const connection = new Connection(stack.address, headers);
  const { sectionId } = await createSaleEvent(connection, capacityMax);
  await connection.close();
  const json = JSON.stringify({ sectionId, quantity: 1 });
  return measureLoad({ url: stack.address + path, headers, json, connections, seconds });
}

function report(pair: Pair, rounds: readonly Round[], options: HttpRatioOptions): void {
  const { connections, seconds } = options;
  const lines = pair.map(({ label }, place) => {
    const loads = rounds.map((round) => round[place] as Load);
    const rate = spreadText(spreadOf(loads.map((load) => load.requestsPerSecond)), count);
    const p50Ms = spreadOf(loads.map((load) => load.p50Ms)).median;
    const p99Ms = spreadOf(loads.map((load) => load.p99Ms)).median;
    return `  ${label.padEnd(13)}  ${rate} requests/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms`;
  });
  const ratios = rounds.map(
    ([subject, base]) => subject.requestsPerSecond / base.requestsPerSecond,
  );
  console.log(`
  engine         ${pair[0].stack.engine}, ${connections} connections, ${rounds.length} rounds of ${seconds} s each
${lines.join('\n')}
  ratio          ${spreadText(spreadOf(ratios), (value) => value.toFixed(2))}`);
}

const spreadText = ({ median, min, max }: Spread, write: (value: number) => string): string =>
  `${write(median)} (${write(min)} to ${write(max)})`;

main().then(
  () => process.exit(0),
  (error: Error) => {
    const usage = error instanceof UsageError;
    console.error(`stile: ${error.message}${usage ? '\nSee npm run bench:http -- --help' : ''}`);
    process.exit(usage ? 2 : 1);
  },
);
