import { growthPart } from '../parts/growth.js';
import { limitsPart } from '../parts/limits.js';
import {
  connectionsPart,
  hotPart,
  mixedPart,
  openPart,
  reservedPart,
  salePart,
  sectionsPart,
} from '../parts/near.js';
import { networkPart } from '../parts/network.js';
import type { PartResult } from '../parts/part-result.js';
import { pollingPart } from '../parts/polling.js';
import { peakMemoryBytes } from '../peak-memory.js';
import { peerNames } from '../peers/strategies.js';
import type { BenchResult } from '../report/bench-result.js';
import { describeMachine } from '../report/machine.js';
import { type Fleet, startFleet } from '../subjects/fleet.js';
import type { BenchSite } from './bench-site.js';
import { type Contest, createContest } from './contest.js';
import type { BenchOptions, PartName } from './options.js';

/** Parts that share one fleet, near its servers, in their order. */
const nearParts = {
  hot: hotPart,
  connections: connectionsPart,
  sections: sectionsPart,
  sale: salePart,
  mixed: mixedPart,
  reserved: reservedPart,
  open: openPart,
  polling: pollingPart,
  limits: limitsPart,
} satisfies Partial<Record<PartName, (contest: Contest) => Promise<PartResult>>>;

/**
 * Runs the parts that were asked for. `onPart` hears of each as soon as it is done, with all that was
 * measured so far.
 */
export async function runBench(
  site: BenchSite,
  { parts, sizes }: BenchOptions,
  commandLine: readonly string[],
  onPart: (result: PartResult, soFar: BenchResult) => Promise<void>,
): Promise<BenchResult> {
  const startedAt = new Date();
  const machine = await describeMachine(site.servers);
  const done: PartResult[] = [];
  const soFar = (): BenchResult => ({
    startedAt: startedAt.toISOString(),
    minutes: (Date.now() - startedAt.getTime()) / 60_000,
    options: commandLine,
    ...{ machine, sizes },
    tunings: done.flatMap(({ tunings = [] }) => tunings),
    comparisons: done.flatMap(({ comparisons = [] }) => comparisons),
    rates: done.flatMap(({ rates = [] }) => rates),
    peakMemory: Object.assign({}, ...done.map(({ peakMemory = {} }) => peakMemory)),
  });
  const add = async (result: PartResult): Promise<void> => {
    done.push(result);
    await onPart(result, soFar());
  };

  const wanted = Object.entries(nearParts).filter(([name]) => parts.has(name as PartName));
  if (wanted.length > 0) {
    site.say('starts Stile on each engine, and the peers');
    const fleet = await startFleet(site, { peers: peerNames });
    try {
      const contest = await createContest(site, fleet, sizes);
      for (const [, part] of wanted) await add(await part(contest));
      await add({ tunings: contest.tunings, peakMemory: await peakMemoryOf(fleet) });
    } finally {
      await fleet.stop();
    }
  }
  if (parts.has('network')) await add(await networkPart(site, sizes));
  if (parts.has('growth')) await add(await growthPart(site, sizes));
  return soFar();
}

/** The most that each process has had resident, in bytes. */
async function peakMemoryOf({ stiles, peers }: Fleet): Promise<Record<string, number[]>> {
  const peaks: Record<string, number[]> = {};
  for (const { title, pids } of [...stiles, ...peers]) {
    const bytes = await Promise.all(pids().map(peakMemoryBytes));
    peaks[title] = bytes.map((one) => one ?? 0);
  }
  return peaks;
}
