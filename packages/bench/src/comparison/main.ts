import { readFile } from 'node:fs/promises';
import { readConfig } from '../config.js';
import { UsageError } from '../integer-option.js';
import type { PartResult } from '../parts/part-result.js';
import type { BenchResult } from '../report/bench-result.js';
import { terminalTable } from '../report/table.js';
import { comparisonTable, costTable, rateTable } from '../report/tables.js';
import { targetsOf, targetTable } from '../report/targets.js';
import { writeReport } from '../report/write-report.js';
import { openBenchSite } from './bench-site.js';
import { type BenchOptions, benchHelp, parseBenchOptions } from './options.js';
import { runBench } from './run-bench.js';

const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 };

const say = (message: string): void => console.log(`bench: ${message}`);

async function main(): Promise<void> {
  const commandLine = process.argv.slice(2);
  const options = parseBenchOptions(commandLine);
  if (options === 'help') {
    console.log(benchHelp);
    return;
  }
  const result = await (options.from === undefined
    ? runAtSite(options, commandLine)
    : readResult(options.from));
  console.log(`\n${terminalTable(targetTable(targetsOf(result)))}`);
  if (options.out !== undefined) {
    await writeReport(options.out, result);
    say(`wrote ${options.out}`);
  }
}

async function runAtSite(
  options: BenchOptions,
  commandLine: readonly string[],
): Promise<BenchResult> {
  const site = await openBenchSite(readConfig(), say);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => site.stop().finally(() => process.exit(exitCodes.interrupted)));
  }
  try {
    return await runBench(site, options, commandLine, async (part, soFar) => {
      printPart(part);
      // A run that is interrupted leaves the report of what it measured.
      if (options.out !== undefined) await writeReport(options.out, soFar);
    });
  } finally {
    await site.stop();
  }
}

const readResult = async (file: string): Promise<BenchResult> =>
  JSON.parse(await readFile(file, 'utf8')) as BenchResult;

function printPart({ comparisons = [], rates = [] }: PartResult): void {
  const tables = [
    ...comparisons.flatMap((comparison) =>
      comparison.id === 'hot' || comparison.id.startsWith('growth')
        ? [comparisonTable(comparison), costTable(comparison)]
        : [comparisonTable(comparison)],
    ),
    ...rates.map(rateTable),
  ];
  for (const table of tables) console.log(`\n${terminalTable(table)}\n`);
}

main().then(
  () => process.exit(exitCodes.done),
  (error: Error) => {
    const usage = error instanceof UsageError;
    console.error(`bench: ${usage ? error.message : error.stack}`);
    if (usage) console.error('See npm run bench -- --help');
    process.exit(usage ? exitCodes.usage : exitCodes.failed);
  },
);
