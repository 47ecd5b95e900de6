import type { Comparison } from '../comparison/compare.js';
import { type Contest, contend } from '../comparison/contest.js';
import {
  hotWork,
  mixedWork,
  openWork,
  reservedWork,
  saleWork,
  spreadWork,
} from '../comparison/works.js';
import { failureCount } from '../load/load-spec.js';
import type { Subject } from '../subjects/subject.js';
import type { PartResult } from './part-result.js';

/** Names of the tunings: peers are tuned for one section, and for many. */
export const tunedForOne = 'one section';
const tunedForMany = '1,000 sections';
const manySections = 1_000;

const tuneForOne = (contest: Contest) => contest.tuneFor(tunedForOne, hotWork);
const tuneForMany = (contest: Contest) =>
  contest.tuneFor(tunedForMany, (seconds) => spreadWork(seconds, manySections));

/** One hot section. */
export async function hotPart(contest: Contest): Promise<PartResult> {
  await tuneForOne(contest);
  const { fleet, sizes } = contest;
  const work = hotWork(sizes.seconds);
  const subjects = fleet.subjects;
  return {
    comparisons: [await contend(contest, { id: 'hot', title: 'One hot section', work, subjects })],
  };
}

/** One hot section, over few connections and many. */
export async function connectionsPart(contest: Contest): Promise<PartResult> {
  await tuneForOne(contest);
  const { fleet, sizes } = contest;
  const comparisons: Comparison[] = [];
  for (const connections of sizes.connections) {
    const work = hotWork(sizes.seconds, connections);
    const title = connections === 1 ? 'One client alone' : `${connections} connections`;
    const id = `connections-${connections}`;
    const peers = contest.fastestPeers(tunedForOne, ['for-update', 'for-update-awaited']);
    const subjects = [...fleet.stiles, fleet.limit, ...peers];
    const rounds = sizes.sweepRounds;
    comparisons.push(await contend(contest, { id, title, work, subjects, rounds }));
  }
  return { comparisons };
}

/** Several sections, and many of which few are popular. */
export async function sectionsPart(contest: Contest): Promise<PartResult> {
  await tuneForMany(contest);
  const { fleet, sizes } = contest;
  const few = [...fleet.stiles, fleet.limit, ...contest.fastestPeers(tunedForMany)];
  return {
    comparisons: [
      await contend(contest, {
        ...{ id: 'sections-8', title: '8 sections by Zipf', subjects: few },
        work: spreadWork(sizes.seconds, 8),
      }),
      await contend(contest, {
        ...{ id: 'sections-1000', title: '1,000 sections by Zipf', subjects: fleet.subjects },
        work: spreadWork(sizes.seconds, manySections),
      }),
    ],
  };
}

/** Few seats and many buyers. A subject that takes too long is cut off, which the report says. */
export async function salePart(contest: Contest): Promise<PartResult> {
  await tuneForOne(contest);
  const { fleet, sizes } = contest;
  const { seats, buyers, secondsMax } = sizes.sale;
  const work = saleWork(seats, buyers, secondsMax);
  const title = `A sale of ${seats} seats to ${buyers.toLocaleString('en-US')} buyers`;
  const subjects = [...fleet.stiles, ...fleet.peers];
  return {
    comparisons: [await contend(contest, { id: 'sale', title, work, subjects, rounds: 1 })],
  };
}

/** Four reads for each booking. */
export async function mixedPart(contest: Contest): Promise<PartResult> {
  await tuneForMany(contest);
  const { fleet, sizes } = contest;
  const work = mixedWork(sizes.seconds);
  const subjects = [...fleet.stiles, ...contest.fastestPeers(tunedForMany)];
  const title = 'Four reads for each booking';
  return { comparisons: [await contend(contest, { id: 'mixed', title, work, subjects })] };
}

/** Chosen seats of a large hall. */
export async function reservedPart(contest: Contest): Promise<PartResult> {
  await tuneForMany(contest);
  const { fleet, sizes } = contest;
  const work = reservedWork(sizes.seconds);
  const subjects = [...fleet.stiles, ...fleet.peers].filter(({ sellsSeats }) => sellsSeats);
  const title = 'A hall of 50,000 numbered seats';
  return { comparisons: [await contend(contest, { id: 'reserved', title, work, subjects })] };
}

/** Below this share of the rate asked for, a subject is saturated and not asked for more. */
const keptUpShare = 0.9;

/** Rates of arrival, up to where a subject no longer keeps up. */
export async function openPart(contest: Contest): Promise<PartResult> {
  await tuneForOne(contest);
  const { fleet, sizes } = contest;
  const comparisons: Comparison[] = [];
  let subjects: readonly Subject[] = [...fleet.stiles, ...contest.fastestPeers(tunedForOne)];
  for (const perSecond of sizes.openRates) {
    const work = openWork(sizes.seconds, perSecond);
    const title = `${perSecond.toLocaleString('en-US')} requests a second`;
    const rounds = sizes.sweepRounds;
    const id = `open-${perSecond}`;
    const comparison = await contend(contest, { id, title, work, subjects, rounds });
    comparisons.push(comparison);
    const keptUp = new Set(
      comparison.rows
        .filter(({ rounds }) =>
          rounds.some(
            ({ load }) =>
              failureCount(load) === 0 && load.outcomesPerSecond >= keptUpShare * perSecond,
          ),
        )
        .map(({ name }) => name),
    );
    subjects = subjects.filter(({ name }) => keptUp.has(name));
    if (subjects.length === 0) break;
  }
  return { comparisons };
}
