import { firstTuning } from '../peers/peer.js';
import { strategies } from '../peers/strategies.js';
import type { BenchResult } from './bench-result.js';
import type { Chart } from './charts.js';
import { figure, spreadFigure } from './figures.js';
import { losses } from './losses.js';
import { markdownTable, type Table } from './table.js';
import { comparisonTable, costTable, rateTable, tuningTable } from './tables.js';
import { isReached, targetsOf, targetTable } from './targets.js';

/** The page of a run: how it was made, what it says, and where Stile loses. */
export function pageOf(result: BenchResult, charts: readonly Chart[]): string {
  const has = (name: string) => charts.filter((chart) => chart.name === name).map(picture);
  const section = (table: Table, ...extra: readonly string[]): string[] => [
    `### ${table.title}`,
    ...(table.note === undefined ? [] : [`${sentence(table.note)}`]),
    ...extra,
    markdownTable(table),
  ];
  const sections = result.comparisons.flatMap((comparison) => [
    ...section(comparisonTable(comparison), ...has(comparison.id)),
    ...(comparison.id === 'hot' || comparison.id.startsWith('growth-')
      ? section(costTable(comparison))
      : []),
  ]);
  return `${[
    '# Benchmarks',
    intro(result),
    '## Target and reached',
    markdownTable(targetTable(targetsOf(result))),
    ...missed(result),
    '## Where Stile loses',
    losses(result),
    '## Method',
    method(result),
    '## Figures',
    'Medians, with the least and the most of the rounds in brackets.',
    ...sections,
    ...result.rates.flatMap((rates) => section(rateTable(rates))),
    ...memory(result),
    ...has('connections'),
    ...(result.tunings.length === 0 ? [] : section(tuningTable(result.tunings))),
  ].join('\n\n')}\n`;
}

function intro({ startedAt, minutes, options, machine }: BenchResult): string {
  const settings = (all: Readonly<Record<string, string>>) =>
    Object.entries(all)
      .map(([name, value]) => `${name} ${value || '""'}`)
      .join(', ');
  const busy =
    machine.loadBefore > machine.cores * 0.25
      ? ` **The load average was ${figure(machine.loadBefore)} before the run began: the machine was shared with other programs. Compare the ratios, which were measured side by side; on a machine of its own the rates are higher.**`
      : '';
  return `This page, the charts and [results.json](results.json) are written by one command:

    npm run bench -- ${options.join(' ')}

Run on ${startedAt.slice(0, 16).replace('T', ' ')} UTC in ${figure(minutes)} minutes on ${machine.cores} × ${machine.cpu}, ${figure(machine.memoryBytes / 2 ** 30)} GiB, ${machine.system}, Node ${machine.node}. PostgreSQL ${machine.postgres} (${settings(machine.postgresSettings)})${machine.redis === undefined ? '' : `, Redis ${machine.redis} (${settings(machine.redisSettings)})`}. Clients, processes and servers share this machine.${busy}`;
}

function missed(result: BenchResult): string[] {
  const lines = targetsOf(result)
    .filter((target) => isReached(target) === false)
    .map(
      ({ what, reached, validatesOnly, boundedBy }) =>
        `- ${what}: ${reached === undefined ? '–' : spreadFigure(reached)}. ${
          validatesOnly === undefined
            ? ''
            : `The handler that only validates is at ${spreadFigure(validatesOnly)}, the bound for all that this server does. `
        }A likely reason: ${boundedBy}.`,
    );
  return lines.length === 0 ? [] : ['Not reached:', lines.join('\n')];
}

function memory({ peakMemory }: BenchResult): string[] {
  const entries = Object.entries(peakMemory);
  if (entries.length === 0) return [];
  const rows = entries.map(([name, bytes]) => [
    name,
    bytes.map((one) => `${figure(one / 1_000_000)} MB`).join(' + '),
  ]);
  const table: Table = {
    title: 'Memory',
    note: 'the most that each process had resident over all parts near the servers: Stile has an api and a worker',
    head: ['', 'peak'],
    rows,
  };
  return [`### ${table.title}`, sentence(table.note ?? ''), markdownTable(table)];
}

const picture = ({ name, title }: Chart): string =>
  `<picture><source media="(prefers-color-scheme: dark)" srcset="${name}-dark.svg"><img alt="${title}" src="${name}-light.svg"></picture>`;

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function method({ sizes, comparisons }: BenchResult): string {
  const measurements = comparisons.flatMap(({ rows }) => rows.flatMap(({ rounds }) => rounds));
  const busiest = Math.max(0, ...measurements.map(({ load }) => load.generatorBusy));
  const peers = Object.values(strategies)
    .map(({ title }) => title)
    .join(', ');
  return `**Peers.** ${peers}: \`packages/bench/src/peers\`, a file each. Every one runs in Stile's own Fastify server, behind the schemas of \`POST /bookings\`, on the same PostgreSQL and Redis with the same durability: what is confirmed is on disk. Their tables are leaner than Stile's: no ledger, no record of a rejection, no foreign key, one index beside the primary key. Transactions are pipelined where nothing is lost by it; FOR UPDATE is also shown with each statement awaited. A lock or a conflict is tried again for 10 s, as long as Stile's clients wait; who gets none in that time is a failure, not an outcome. RedLock is \`redlock\` 5 on one Redis. BullMQ is a queue with a job for each booking, a processor in a process of its own and \`waitUntilFinished\`.

${sizes.tuningSeconds === 0 ? untuned : tuned}

**Load.** One process on undici makes the same requests for everybody, one at a time on each connection, over connections that are open before anything counts (one request on each, then 0.3 s under load). Closed loop: a client asks again when it was answered. Open loop: requests fall due at a fixed rate and their latency counts from when they were due. In this run it was busy for at most ${figure(busiest * 100)} % of the time of a measurement; near 100 % a figure would be the load's, not the server's.

**Rounds.** Everybody is measured once a round, and each round begins with another: ${sizes.rounds} of ${sizes.seconds} s, ${sizes.sweepRounds} where there are many points to measure, one for the sale. Where measuring all would take long, the three peers take part that were fastest when they were tuned, or without tuning those that are listed first. Ratios are taken within a round. Everybody runs all the time and is idle but for the one measured.

**Proof.** After each measurement the database is asked: no section sold more than it has, what is sold and what remains add up to the capacity, and every confirmed booking is stored. One that fails ends the run.

**Network.** A proxy in a process of its own holds back every byte between a process and its servers for 1 ms each way. The path from client to api is not delayed.

**Limits.** "Only validates" is a handler of Stile's server that takes and answers the same and does nothing. PostgreSQL in bulk stores the rows of Stile's decisions, made by \`generate_series\` inside the server, 4,000 to a commit, with all indexes and constraints. BullMQ alone adds, fetches and completes jobs of the size that Stile's have.

**Costs.** CPU of processes from /proc; bytes of the write-ahead log and of Redis's append-only file by their positions before and after. Background work of the servers is in them.`;
}

const tuned = `**Tuning.** Each peer was first run with several pool sizes, those that try again also with several delays; then with one server and with two, since Stile is two processes as well. This was done under one hot section, under 1,000 sections (for these, 8 sections, mixed and reserved work) and again 2 ms away from the servers; what is measured is the best of them. Stile was measured with its defaults.`;

const untuned = `**Tuning.** None in this run: every peer has one server and ${firstTuning.poolMax} connections. Without \`--quick\` each is tuned.`;
