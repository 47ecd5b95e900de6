import type { PeerName } from '../peers/strategies.js';
import type { Fleet } from '../subjects/fleet.js';
import type { PeerSubject } from '../subjects/peer-subject.js';
import type { Subject } from '../subjects/subject.js';
import type { BenchSite } from './bench-site.js';
import { type Comparison, compare } from './compare.js';
import { measure, sell, type Work } from './measurement.js';
import type { Sizes } from './sizes.js';
import { type ChosenTuning, tunePeer } from './tuning.js';
import { hotWork } from './works.js';

/** What the parts of a run work with: a fleet, and the tunings its peers were given so far. */
export interface Contest {
  readonly site: BenchSite;
  readonly fleet: Fleet;
  readonly sizes: Sizes;
  /**
   * Leaves every peer with the tuning that is fastest under this work, measured once; with that it
   * began with when the sizes leave no time to tune.
   */
  tuneFor(name: string, work: (seconds: number) => Work): Promise<void>;
  readonly tunings: readonly ChosenTuning[];
  /**
   * The peers that were fastest when they were tuned under this name, untuned the first, and those
   * always wanted.
   */
  fastestPeers(tunedFor: string, always?: readonly PeerName[]): readonly PeerSubject[];
}

/** Peers that take part where measuring all would take long. */
const fastestCount = 3;

/** Seconds in which processes that were just started compile what they run. */
const warmUpSeconds = 1;

/** Opens a contest, in which everybody is warmed up. */
export async function createContest(site: BenchSite, fleet: Fleet, sizes: Sizes): Promise<Contest> {
  for (const subject of fleet.subjects) {
    await sell(site, subject, hotWork(warmUpSeconds));
  }
  const tunings: ChosenTuning[] = [];
  return {
    ...{ site, fleet, sizes, tunings },
    tuneFor: async (name, work) => {
      if (sizes.tuningSeconds === 0) return;
      for (const peer of fleet.peers) {
        const known = tunings.find((tuning) => tuning.peer === peer.name && tuning.work === name);
        if (known !== undefined) await peer.tuning?.apply(known.chosen);
        else {
          site.say(`tunes ${peer.title} for: ${name}`);
          tunings.push(await tunePeer(site, peer, name, work(sizes.tuningSeconds)));
        }
      }
    },
    fastestPeers: (tunedFor, always = []) => {
      const rate = ({ name }: PeerSubject): number => {
        const tuning = tunings.find(({ peer, work }) => peer === name && work === tunedFor);
        return Math.max(...(tuning?.tried.map((one) => one.outcomesPerSecond) ?? [0]));
      };
      const ranking = [...fleet.peers].sort((a, b) => rate(b) - rate(a)).slice(0, fastestCount);
      return fleet.peers.filter(
        (peer) => ranking.includes(peer) || always.some((name) => name === peer.name),
      );
    },
  };
}

export interface ContestWork {
  readonly id: string;
  readonly title: string;
  readonly work: Work;
  readonly subjects: readonly Subject[];
  readonly rounds?: number;
}

/** Measures the subjects under the same work, round by round. */
export function contend(
  { site, sizes }: Contest,
  { id, title, work, subjects, rounds = sizes.rounds }: ContestWork,
): Promise<Comparison> {
  site.say(`${title}: ${subjects.length} contenders, ${rounds} rounds`);
  return compare({
    ...{ id, title, rounds, work: inWords(work) },
    entrants: subjects.map((subject) => ({
      ...{ name: subject.name, title: subject.title, kind: subject.kind },
      measure: () => measure(site, subject, work),
    })),
  });
}

/** Such as `256 connections, closed loop, 2 s`. */
export function inWords({ connections, pace, stock }: Work): string {
  const sections = stock.sections === 1 ? 'one section' : `${count(stock.sections)} sections`;
  const clients = `${sections}, ${count(connections)} connection${connections === 1 ? '' : 's'}`;
  switch (pace.kind) {
    case 'closed':
      return `${clients}, closed loop, ${pace.seconds} s a round`;
    case 'count':
      return `${clients}, ${count(pace.requests)} requests for ${count(stock.capacity)} seats, at most ${pace.secondsMax} s`;
    case 'open':
      return `${clients}, open loop, ${count(pace.perSecond)} requests a second, ${pace.seconds} s a round`;
  }
}

const count = (value: number): string => value.toLocaleString('en-US');
