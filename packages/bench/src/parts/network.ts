import type { BenchSite } from '../comparison/bench-site.js';
import { contend, createContest } from '../comparison/contest.js';
import type { Sizes } from '../comparison/sizes.js';
import { hotWork } from '../comparison/works.js';
import { peerNames } from '../peers/strategies.js';
import { withClient } from '../servers/bench-servers.js';
import { startFarServers } from '../servers/far-servers.js';
import { startFleet } from '../subjects/fleet.js';
import type { PartResult } from './part-result.js';

/** The same on servers that are 2 ms away: one hot section, and one client alone. */
export async function networkPart(site: BenchSite, sizes: Sizes): Promise<PartResult> {
  const { adminUrl, redisUrl } = site.servers;
  const far = await startFarServers([adminUrl, ...(redisUrl === undefined ? [] : [redisUrl])]);
  try {
    const distances = [await roundTripMs(adminUrl), await roundTripMs(far.far(adminUrl))];
    site.say('starts everybody again, 2 ms from the servers');
    const fleet = await startFleet(site, { peers: peerNames, far });
    try {
      const contest = await createContest(site, fleet, sizes);
      await contest.tuneFor('one section, 2 ms away', hotWork);
      const hot = { id: 'far-hot', title: 'One hot section, servers 2 ms away' };
      const alone = { id: 'far-alone', title: 'One client alone, servers 2 ms away' };
      const subjects = [...fleet.stiles, ...fleet.peers];
      const comparisons = [
        await contend(contest, { ...hot, work: hotWork(sizes.seconds), subjects }),
        await contend(contest, { ...alone, work: hotWork(sizes.seconds, 1), subjects }),
      ];
      const [near = [], away = []] = distances;
      return {
        comparisons,
        tunings: contest.tunings,
        rates: [
          {
            id: 'distance',
            title: 'How far away that is',
            work: 'SELECT 1, one after the other',
            unit: 'ms a round trip',
            rows: [
              { name: 'near', title: 'PostgreSQL', rates: near },
              { name: 'far', title: 'PostgreSQL through the delaying proxy', rates: away },
            ],
          },
        ],
      };
    } finally {
      await fleet.stop();
    }
  } finally {
    await far.stop();
  }
}

const trips = 200;

/** Milliseconds of each of some round trips. */
function roundTripMs(url: string): Promise<number[]> {
  return withClient(url, async (client) => {
    const tripsMs: number[] = [];
    for (let trip = 0; trip < trips; trip++) {
      const sentAtMs = performance.now();
      await client.query('SELECT 1');
      tripsMs.push(performance.now() - sentAtMs);
    }
    return tripsMs;
  });
}
