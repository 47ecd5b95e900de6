import { capacityMax } from '@stile/core';
import { readConfig } from '../config.js';
import { Connection } from '../flash-sale/connection.js';
import { createSaleEvent } from '../flash-sale/sale-event.js';
import { count } from '../flash-sale/summary.js';
import { UsageError } from '../integer-option.js';
import { type OwnStack, startOwnStack } from '../own-stack.js';
import { megabytes, peakMemoryBytes } from '../peak-memory.js';
import { type Spread, spreadOf } from '../report/spread.js';
import { type Load, measureLoad } from './load.js';
import { type HttpRatioOptions, httpRatioHelp, parseHttpRatioOptions } from './options.js';

/** The two handlers that are compared; both get the same body and the same query. */
const paths = { book: '/bookings?wait=10', validate: '/bench/validate-only?wait=10' } as const;
type Subject = keyof typeof paths;
type Loads = Record<Subject, Load[]>;

/** Before anything counts: compiled code and warm connections on both sides. */
const warmUpSeconds = 2;

const say = (message: string): void => console.log(`stile: ${message}`);

async function main(): Promise<void> {
  const options = parseHttpRatioOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(httpRatioHelp);
    return;
  }
  const stack = await startOwnStack(readConfig(), say, { BENCH_ROUTES: 'true' });
  const stop = (): void => {
    stack.stop().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    await measureRound(stack, { ...options, seconds: warmUpSeconds }, ['validate', 'book']);
    const loads = await measureRounds(stack, options);
    report(loads, stack, options);
    const [api, worker] = await Promise.all(
      [stack.pids.api, stack.pids.worker].map(peakMemoryBytes),
    );
    console.log(`  peak memory    api ${megabytes(api)}, worker ${megabytes(worker)}`);
  } finally {
    await stack.stop();
  }
}

/** Who goes first changes with each round, so that a machine that slows down favours neither. */
async function measureRounds(stack: OwnStack, options: HttpRatioOptions): Promise<Loads> {
  const loads: Loads = { book: [], validate: [] };
  for (let round = 1; round <= options.rounds; round++) {
    const turn: Subject[] = round % 2 === 0 ? ['validate', 'book'] : ['book', 'validate'];
    const { book, validate } = await measureRound(stack, options, turn);
    loads.book.push(book);
    loads.validate.push(validate);
    const rates = `${count(book.requestsPerSecond)}/s against ${count(validate.requestsPerSecond)}/s`;
    say(`round ${round} of ${options.rounds}: ${rates}`);
  }
  return loads;
}

/** Each round sells a section of its own, with more seats than can be sold in it. */
async function measureRound(
  { address }: OwnStack,
  { connections, seconds }: HttpRatioOptions,
  turn: readonly Subject[],
): Promise<Record<Subject, Load>> {
  const connection = new Connection(address);
  const { sectionId } = await createSaleEvent(connection, capacityMax);
  await connection.close();
  const json = JSON.stringify({ sectionId, quantity: 1 });
  const loads: Partial<Record<Subject, Load>> = {};
  for (const subject of turn) {
    loads[subject] = await measureLoad({
      url: address + paths[subject],
      json,
      connections,
      seconds,
    });
  }
  return loads as Record<Subject, Load>;
}

function report({ book, validate }: Loads, { engine }: OwnStack, options: HttpRatioOptions): void {
  const rate = (loads: readonly Load[]) => spreadOf(loads.map((load) => load.requestsPerSecond));
  const latency = (loads: readonly Load[]) =>
    `p50 ${spreadOf(loads.map((load) => load.p50Ms)).median} ms, ` +
    `p99 ${spreadOf(loads.map((load) => load.p99Ms)).median} ms`;
  const ratios = book.map(
    (load, round) => load.requestsPerSecond / (validate[round]?.requestsPerSecond ?? Number.NaN),
  );
  const { connections, rounds, seconds } = options;
  console.log(`
  engine         ${engine}, ${connections} connections, ${rounds} rounds of ${seconds} s each
  book and wait  ${spreadText(rate(book), count)} requests/s, ${latency(book)}
  validate only  ${spreadText(rate(validate), count)} requests/s, ${latency(validate)}
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
