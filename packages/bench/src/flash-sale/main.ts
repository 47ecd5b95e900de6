import { readConfig } from '../config.js';
import { UsageError } from '../integer-option.js';
import { megabytes, peakMemoryBytes } from '../peak-memory.js';
import { createDisplay } from './display.js';
import type { Evidence } from './evidence.js';
import { type FlashSaleOptions, flashSaleHelp, parseFlashSaleOptions } from './options.js';
import { readEvidence } from './proof.js';
import { readEvidenceOverHttp } from './proof-over-http.js';
import { runSale, type SaleResult } from './sale.js';
import { count, summarize } from './summary.js';
import { openTarget, type Target } from './target.js';

const exitCodes = { proved: 0, failed: 1, usage: 2, interrupted: 130 };

const say = (message: string): void => console.log(`stile: ${message}`);
const interrupt = new AbortController();

async function main(): Promise<number> {
  const options = parseFlashSaleOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(flashSaleHelp);
    return exitCodes.proved;
  }
  const target = await openTarget(options.url, readConfig(), say);
  try {
    if (interrupt.signal.aborted) return exitCodes.interrupted;
    return await sell(options, target);
  } finally {
    await target.own?.stop();
  }
}

async function sell(options: FlashSaleOptions, target: Target): Promise<number> {
  const { seats, buyers, connections, mode, quantity } = options;
  const each = quantity === 1 ? 'one seat each' : `${quantity} seats each`;
  const how = mode === 'wait' ? 'wait for their outcome' : 'poll for their outcome';
  say(`${count(seats)} seats on ${target.address}; ${count(buyers)} buyers want ${each},`);
  say(`share ${count(Math.min(connections, buyers))} connections and ${how}`);
  const display = createDisplay(process.stdout, buyers);
  const sale = await runSale(
    { ...options, address: target.address, signal: interrupt.signal },
    display.show,
  ).finally(() => display.stop());
  if (interrupt.signal.aborted) return exitCodes.interrupted;

  const evidence = await readProof(target, sale);
  const extra = await ownProcesses(target);
  const { text, proved } = summarize({ ...options, ...sale, evidence, extra });
  console.log(`\n${text}`);
  return proved ? exitCodes.proved : exitCodes.failed;
}

/** From the database when we know it, else over HTTP; the summary says which it was. */
async function readProof(target: Target, sale: SaleResult): Promise<Evidence> {
  const { address, databaseUrl, guessed } = target;
  if (databaseUrl === undefined) return readEvidenceOverHttp(address, sale);
  const evidence = await readEvidence(databaseUrl, sale.sectionId);
  if (evidence !== undefined) return evidence;
  if (guessed) return readEvidenceOverHttp(address, sale);
  throw new Error(`DATABASE_URL is not the database of ${address}: it does not have the section`);
}

async function ownProcesses({ own }: Target): Promise<[label: string, value: string][]> {
  if (own === undefined) return [];
  const [api, worker] = await Promise.all([
    peakMemoryBytes(own.pids.api),
    peakMemoryBytes(own.pids.worker),
  ]);
  return [
    ['engine', own.engine],
    ['peak memory', `api ${megabytes(api)}, worker ${megabytes(worker)}`],
  ];
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort());
}
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    const usage = error instanceof UsageError;
    console.error(`stile: ${error.message}${usage ? '\nSee npm run flash-sale -- --help' : ''}`);
    process.exit(usage ? exitCodes.usage : exitCodes.failed);
  },
);
