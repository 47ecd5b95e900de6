import { fileURLToPath } from 'node:url';
import type { Contest } from '../comparison/contest.js';
import { plenty, usualConnections } from '../comparison/works.js';
import { bullmqRate } from '../limits/bullmq-rate.js';
import { storeInBulk } from '../limits/postgres-bulk.js';
import type { WithoutHttpReply, WithoutHttpRequest } from '../limits/without-http-main.js';
import { BenchProcess } from '../servers/bench-process.js';
import type { StileSubject } from '../subjects/stile-subject.js';
import type { PartResult } from './part-result.js';

const driver = fileURLToPath(new URL('../../dist/limits/without-http-main.js', import.meta.url));

/**
 * Four times what Stile's bounds put into one transaction: two such are under way in a lane, others
 * wait, or are on their way back.
 */
const underway = 16_000;
const laneCount = 4;
/** A job of 256 requests in Stile's encoding is about 28 characters for each of them. */
const charactersPerRequest = 28;
const jobsPerMeasurement = { single: 2_000, large: 1_000 };

type Entrant = {
  readonly name: string;
  readonly title: string;
  readonly rate: () => Promise<number>;
};

/** What Stile could reach at most: PostgreSQL's and BullMQ's own rates, beside Stile without HTTP. */
export async function limitsPart({ site, fleet, sizes }: Contest): Promise<PartResult> {
  const { redisUrl } = site.servers;
  const driverProcess = new BenchProcess({
    name: 'driver',
    modulePath: driver,
    environment: site.environment,
  });
  await driverProcess.start();
  const withoutHttp = (stile: StileSubject): Entrant => ({
    name: `${stile.name}-without-http`,
    title: `${stile.title}, without HTTP`,
    rate: async () => {
      const stock = await stile.createStock({ sections: 1, capacity: plenty });
      const { databaseUrl, redisUrl, prefix } = stile.options;
      const [sectionId = ''] = stock.sectionIds;
      const { seconds } = sizes;
      const about = { databaseUrl, redisUrl, prefix, laneCount, sectionId, underway, seconds };
      const reply = await driverProcess.ask(about satisfies WithoutHttpRequest);
      const check = await stile.check(stock);
      if (check?.sectionsWrong !== 0)
        throw new Error(`${stile.title}: the section does not add up`);
      return (reply as WithoutHttpReply).decidedPerSecond;
    },
  });
  const [first] = fleet.stiles;
  const bulk: Entrant = {
    name: 'postgres-bulk',
    title: "PostgreSQL in bulk, the same rows, none of Stile's code",
    rate: async () => {
      if (first === undefined) throw new Error('there is no Stile to take the tables of');
      const [sectionId = ''] = (await first.createStock({ sections: 1, capacity: plenty }))
        .sectionIds;
      const databaseUrl = first.options.nearDatabaseUrl;
      return storeInBulk({ databaseUrl, sectionId, capacity: plenty, seconds: sizes.seconds });
    },
  };
  const jobs = (title: string, requests: number, count: number): Entrant => ({
    name: `bullmq-${requests}`,
    title,
    rate: async () => {
      const rate = await bullmqRate({
        ...{ redisUrl: redisUrl ?? '', prefix: `${site.prefix}-rate`, jobs: count },
        dataLength: requests * charactersPerRequest,
      });
      return rate * requests;
    },
  });
  const entrants = [
    ...fleet.stiles.map(withoutHttp),
    bulk,
    ...(redisUrl === undefined
      ? []
      : [
          jobs('BullMQ alone, jobs of one request', 1, jobsPerMeasurement.single),
          jobs(
            `BullMQ alone, jobs of ${usualConnections} requests`,
            usualConnections,
            jobsPerMeasurement.large,
          ),
        ]),
  ];
  const rates = new Map(entrants.map(({ name }) => [name, [] as number[]]));
  try {
    for (let round = 0; round < sizes.rounds; round++) {
      for (const { name, title, rate } of entrants) {
        site.say(`limits, round ${round + 1} of ${sizes.rounds}: ${title}`);
        rates.get(name)?.push(await rate());
      }
    }
  } finally {
    await driverProcess.stop();
  }
  const rows = entrants.map(({ name, title }) => ({ name, title, rates: rates.get(name) ?? [] }));
  return {
    rates: [
      {
        id: 'limits',
        title: 'Without HTTP, and the limits of what it stands on',
        work: `one hot section, ${underway.toLocaleString('en-US')} requests under way; BullMQ's jobs are as large as Stile's`,
        unit: 'requests/s',
        rows,
      },
    ],
  };
}
