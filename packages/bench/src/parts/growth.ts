import type { BenchSite } from '../comparison/bench-site.js';
import { type Comparison, compare } from '../comparison/compare.js';
import { inWords } from '../comparison/contest.js';
import { measure, sell, type Work } from '../comparison/measurement.js';
import type { Sizes } from '../comparison/sizes.js';
import { hotWork, plenty, spreadWork } from '../comparison/works.js';
import { Connection } from '../flash-sale/connection.js';
import { storeInBulk } from '../limits/postgres-bulk.js';
import { withClient } from '../servers/bench-servers.js';
import { type StileSubject, startStile } from '../subjects/stile-subject.js';
import type { PartResult } from './part-result.js';

/** One value of what grows, and the Stile and the work that it is measured with. */
interface Point {
  readonly title: string;
  readonly stile: StileSubject;
  readonly work: Work;
}

type StackSettings = { readonly settings?: NodeJS.ProcessEnv; readonly workers?: number };

/** How Stile's throughput and latency change with what grows: on Redis when there is one. */
export async function growthPart(site: BenchSite, sizes: Sizes): Promise<PartResult> {
  let stacks = 0;
  const start = async ({ settings, workers }: StackSettings = {}): Promise<StileSubject> => {
    const databaseUrl = await site.createDatabase();
    return startStile({
      ...{ name: 'stile', title: 'Stile', nearDatabaseUrl: databaseUrl, databaseUrl },
      redisUrl: site.servers.redisUrl,
      prefix: `${site.prefix}-growth-${stacks++}`,
      environment: site.environment,
      ...(settings && { settings }),
      ...(workers && { workers }),
    });
  };
  const along = async (
    id: string,
    title: string,
    points: readonly Point[],
    stiles: readonly StileSubject[],
  ): Promise<Comparison> => {
    site.say(`growth along ${title}: ${points.length} points, ${sizes.sweepRounds} rounds`);
    try {
      for (const stile of stiles) await sell(site, stile, hotWork(sizes.tuningSeconds));
      return await compare({
        ...{ id: `growth-${id}`, title, rounds: sizes.sweepRounds },
        work: points.map(({ work }) => inWords(work)).at(-1) ?? '',
        entrants: points.map(({ title, stile, work }) => ({
          ...{ name: title, title, kind: 'point' as const },
          measure: () => measure(site, stile, work),
        })),
      });
    } finally {
      await Promise.all(stiles.map((stile) => stile.stop()));
    }
  };
  /** One Stile for each value, all of them running, measured in turn. */
  const alongSettings = async (
    id: string,
    title: string,
    work: Work,
    values: readonly (StackSettings & { readonly title: string })[],
  ): Promise<Comparison> => {
    const points: Point[] = [];
    for (const value of values) {
      points.push({ title: value.title, stile: await start(value), work });
    }
    return along(
      id,
      title,
      points,
      points.map(({ stile }) => stile),
    );
  };

  const { growth, seconds } = sizes;
  const manySections = { ...spreadWork(seconds, 64), connections: 256 };
  return {
    comparisons: [
      await alongSections(),
      await alongRows(),
      await alongSettings('lanes', 'lanes', manySections, growth.lanes.map(lanesOf)),
      await alongSettings('workers', 'workers', manySections, growth.workers.map(workersOf)),
      await alongSettings('batch', 'the bound of a batch', hotWork(seconds), batches),
      await alongPayloads(),
    ],
  };

  async function alongSections(): Promise<Comparison> {
    const stile = await start();
    const points = growth.sections.map((sections) => ({
      ...{ title: String(sections), stile },
      work: spreadWork(seconds, sections),
    }));
    return along('sections', 'sections, by Zipf', points, [stile]);
  }

  async function alongRows(): Promise<Comparison> {
    const points: Point[] = [{ title: '0', stile: await start(), work: hotWork(seconds) }];
    for (const rows of growth.rows) {
      const stile = await start();
      site.say(`stores ${rows.toLocaleString('en-US')} bookings and as many rows of the ledger`);
      await fill(stile, rows);
      points.push({ title: String(rows), stile, work: hotWork(seconds) });
    }
    return along(
      'rows',
      'bookings stored before',
      points,
      points.map(({ stile }) => stile),
    );
  }

  async function alongPayloads(): Promise<Comparison> {
    const stile = await start();
    const work = hotWork(seconds);
    const userId = await createUser(stile.origin);
    const asking = (body: Record<string, unknown>) => ({ ...work, plan: { ...work.plan, body } });
    const points: Point[] = [
      { title: 'quantity', work },
      { title: '+ user', work: asking({ quantity: 1, userId }) },
      { title: '+ hold', work: asking({ quantity: 1, userId, hold: true }) },
      { title: 'quantity + key', work: { ...work, plan: { ...work.plan, withKeys: true } } },
    ].map((point) => ({ ...point, stile }));
    return along('payload', 'what a request carries', points, [stile]);
  }
}

const lanesOf = (lanes: number) => ({ title: String(lanes), settings: { LANES: String(lanes) } });
const workersOf = (workers: number) => ({ title: String(workers), workers });

/** Requests in a job at most, times jobs in a transaction at most. */
const batches = [
  [1, 1],
  [1, 8],
  [10, 8],
  [100, 8],
  [500, 8],
].map(([requests, jobs]) => ({
  title: `${requests} × ${jobs}`,
  settings: { REQUESTS_PER_JOB_MAX: String(requests), JOBS_PER_TAKE_MAX: String(jobs) },
}));

/** Rows of sections of their own, a million in each, then what autovacuum would come to do. */
async function fill(stile: StileSubject, rows: number): Promise<void> {
  const databaseUrl = stile.options.nearDatabaseUrl;
  for (let stored = 0; stored < rows; stored += plenty) {
    const { sectionIds } = await stile.createStock({ sections: 1, capacity: plenty });
    await storeInBulk({
      ...{ databaseUrl, sectionId: sectionIds[0] ?? '', capacity: plenty, seconds: 600 },
      decisionsMax: Math.min(plenty, rows - stored),
    });
  }
  await withClient(databaseUrl, (client) => client.query('VACUUM ANALYZE'));
}

async function createUser(origin: string): Promise<string> {
  const connection = new Connection(origin);
  const user = JSON.stringify({ name: 'Bench', email: 'bench@example.org' });
  const { status, body } = await connection.post('/users', user);
  await connection.close();
  if (status !== 201) throw new Error(`POST /users answered ${status}`);
  return (body as { id: string }).id;
}
