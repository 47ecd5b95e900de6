import { capacityMax } from '@stile/core';
import { readConfig } from '../config.js';
import { cpuSeconds } from '../cpu-seconds.js';
import { Connection } from '../flash-sale/connection.js';
import { createSaleEvent } from '../flash-sale/sale-event.js';
import { count } from '../flash-sale/summary.js';
import { measureLoad } from '../http-ratio/load.js';
import { UsageError } from '../integer-option.js';
import { type OwnStack, startOwnStack } from '../own-stack.js';
import { megabytes, peakMemoryBytes } from '../peak-memory.js';
import { type Spread, spreadOf } from '../report/spread.js';
import type { Heard } from './crowd.js';
import { CrowdProcess } from './crowd-process.js';
import { parseStreamsOptions, type StreamsOptions, streamsHelp } from './options.js';

/** One measurement of a sale. */
interface Sale {
  readonly decidedPerSecond: number;
  readonly p99Ms: number;
  /** Milliseconds of processor time for 1,000 decisions. */
  readonly apiCpuMs: number;
  readonly workerCpuMs: number;
  /** Undefined when nobody watched. */
  readonly heard: Heard | undefined;
}

interface Round {
  readonly alone: Sale;
  readonly watched: Sale;
}

/** Milliseconds after the last decision in which every stream must have been told. */
const settleMs = 10_000;
const warmUpSeconds = 2;

const say = (message: string): void => console.log(`stile: ${message}`);

async function main(): Promise<void> {
  const options = parseStreamsOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(streamsHelp);
    return;
  }
  const stack = await startOwnStack(readConfig(), say, {
    STREAMS_MAX: String(options.streams),
    CONNECTIONS_MAX: String(options.streams + options.connections + 100),
  });
  const crowd = new CrowdProcess();
  const stop = async (): Promise<void> => {
    crowd.stop();
    await stack.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop().finally(() => process.exit(130)));
  }
  try {
    await measureSale(stack, { ...options, seconds: warmUpSeconds }, undefined);
    report(await measureRounds(stack, options, crowd), stack, options);
    const api = await peakMemoryBytes(stack.pids.api);
    console.log(`  peak memory    api ${megabytes(api)}`);
  } finally {
    await stop();
  }
}

/** Who goes first changes with each round, so that a machine that slows down favours neither. */
async function measureRounds(
  stack: OwnStack,
  options: StreamsOptions,
  crowd: CrowdProcess,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    const first = await measureSale(stack, options, round % 2 === 0 ? crowd : undefined);
    const second = await measureSale(stack, options, round % 2 === 0 ? undefined : crowd);
    const measured =
      round % 2 === 0 ? { watched: first, alone: second } : { alone: first, watched: second };
    rounds.push(measured);
    const { alone, watched } = measured;
    const told = watched.heard === undefined ? 'nothing' : heardText(watched.heard, options);
    say(
      `round ${round} of ${options.rounds}: ${count(watched.decidedPerSecond)}/s watched, ` +
        `${count(alone.decidedPerSecond)}/s alone; ${told}`,
    );
  }
  return rounds;
}

/** Sells a section of its own, with more seats than can be sold in it. */
async function measureSale(
  { address, pids }: OwnStack,
  { streams, connections, seconds }: StreamsOptions,
  crowd: CrowdProcess | undefined,
): Promise<Sale> {
  const connection = new Connection(address);
  const { eventId, sectionId } = await createSaleEvent(connection, capacityMax);
  await crowd?.open(address, eventId, streams);
  const before = await Promise.all([cpuSeconds(pids.api), cpuSeconds(pids.worker)]);
  const json = JSON.stringify({ sectionId, quantity: 1 });
  const url = `${address}/bookings?wait=10`;
  const load = await measureLoad({ url, json, connections, seconds });
  const after = await Promise.all([cpuSeconds(pids.api), cpuSeconds(pids.worker)]);
  const [apiCpuMs = 0, workerCpuMs = 0] = after.map(
    (then, index) =>
      (((then ?? 0) - (before[index] ?? 0)) * 1_000_000) / (load.requestsPerSecond * seconds),
  );
  const heard = crowd && (await heardInTheEnd(crowd, connection, eventId));
  await crowd?.close();
  await connection.close();
  return {
    decidedPerSecond: load.requestsPerSecond,
    p99Ms: load.p99Ms,
    apiCpuMs,
    workerCpuMs,
    heard,
  };
}

/** What the crowd was told when all of it has the last word, or after 3 s. */
async function heardInTheEnd(
  crowd: CrowdProcess,
  connection: Connection,
  eventId: string,
): Promise<Heard> {
  const untilMs = performance.now() + settleMs;
  for (;;) {
    // Bookings that nobody waits for any more are still decided.
    const { body } = await connection.get(`/events/${eventId}`);
    const { version } = body as { readonly version: number };
    const heard = await crowd.heard(version);
    if (heard.upToDate === heard.streams || performance.now() > untilMs) return heard;
  }
}

const heardText = (heard: Heard, { seconds }: StreamsOptions): string =>
  `${(heard.messages / heard.streams / seconds).toFixed(1)} updates/s a stream, ` +
  `${count(heard.upToDate)} of ${count(heard.streams)} up to date, ${count(heard.ended)} broken`;

function report(rounds: readonly Round[], { engine }: OwnStack, options: StreamsOptions): void {
  const { streams, connections, seconds } = options;
  const of = (pick: (round: Round) => number) => spreadOf(rounds.map(pick));
  const whole = (value: number) => count(Math.round(value));
  console.log(`
  engine         ${engine}; ${connections} connections book, ${count(streams)} streams watch; ${rounds.length} rounds of ${seconds} s each
  alone          ${spreadText(
    of(({ alone }) => alone.decidedPerSecond),
    whole,
  )} decisions/s, p99 ${of(({ alone }) => alone.p99Ms).median} ms
  watched        ${spreadText(
    of(({ watched }) => watched.decidedPerSecond),
    whole,
  )} decisions/s, p99 ${of(({ watched }) => watched.p99Ms).median} ms
  ratio          ${spreadText(
    of(({ alone, watched }) => watched.decidedPerSecond / alone.decidedPerSecond),
    (value) => value.toFixed(2),
  )}
  CPU ms         for 1,000 decisions, alone and watched: api ${whole(of(({ alone }) => alone.apiCpuMs).median)} and ${whole(of(({ watched }) => watched.apiCpuMs).median)}, worker ${whole(of(({ alone }) => alone.workerCpuMs).median)} and ${whole(of(({ watched }) => watched.workerCpuMs).median)}
  crowd          ${spreadText(
    of(({ watched }) => watched.heard?.cpuSeconds ?? 0),
    (value) => value.toFixed(1),
  )} CPU seconds a measurement, beside the server`);
}

const spreadText = ({ median, min, max }: Spread, write: (value: number) => string): string =>
  `${write(median)} (${write(min)} to ${write(max)})`;

main().then(
  () => process.exit(0),
  (error: Error) => {
    const usage = error instanceof UsageError;
    console.error(`stile: ${error.message}${usage ? '\nSee npm run bench:streams -- --help' : ''}`);
    process.exit(usage ? 2 : 1);
  },
);
