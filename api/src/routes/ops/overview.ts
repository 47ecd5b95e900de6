import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Database, type LaneRow, listLanes, readSectionNames } from '@stile/db';
import type { Backlog, OpenLanes } from '@stile/queue';
import { type Static, Type } from 'typebox';
import { examples } from '../../examples.js';
import type { ActivityLog, Pulse } from '../../ops/activity.js';
import { optional } from '../../optional.js';
import { Id, Problem, shown } from '../../schemas.js';

export interface OverviewRoutesOptions {
  readonly db: Database;
  readonly lanes: OpenLanes;
  readonly activity: ActivityLog;
  readonly canRunDemoSale: boolean;
}

const hotSectionsMax = 10;

const Lane = Type.Object({
  lane: Type.Integer(),
  owner: Type.Union([Type.String(), Type.Null()], {
    description: 'The worker that decides in it: host and process; null when none does.',
  }),
  epoch: Type.Integer({ description: 'How often the lane has been taken.' }),
  backlogJobs: Type.Optional(
    Type.Integer({ description: 'Jobs queued or in hand; absent above 1,000.' }),
  ),
  backlogRequests: Type.Optional(Type.Integer({ description: 'Commands in these jobs.' })),
  oldestAgeMs: Type.Optional(Type.Integer({ description: 'Age of the oldest of these jobs.' })),
  decidedPerSecond: Type.Number({ description: 'Decisions recorded, over the window.' }),
  batchSize: Type.Optional(
    Type.Number({ description: 'Decisions a transaction, on average, over the window.' }),
  ),
  waitP50Ms: Type.Optional(Type.Number({ description: 'From acceptance to decision, half.' })),
  waitP99Ms: Type.Optional(Type.Number({ description: 'From acceptance to decision, 99 %.' })),
});
const count = Type.Integer();
const Second = Type.Object({
  at: Type.String({ description: "The second, by the database's clock." }),
  held: count,
  confirmed: count,
  rejected: count,
  expired: count,
  cancelled: count,
  changed: count,
});
const HotSection = Type.Object({
  id: Id('The section.'),
  name: Type.String(),
  eventId: Id('Its event.'),
  eventName: Type.String(),
  lane: Type.Integer(),
  capacity: Type.Integer(),
  remaining: Type.Integer(),
  decidedPerSecond: Type.Number({ description: 'Decisions recorded, over the window.' }),
});
const Overview = Type.Object(
  {
    at: Type.String({ description: 'When this was read.' }),
    windowSeconds: Type.Number({
      description: 'How far back the rates go: 10 s at most, 0 when nobody looked just before.',
    }),
    lanes: Type.Array(Lane),
    seconds: Type.Array(Second, {
      description:
        'Outcomes of the last two minutes in which somebody looked; without idle seconds.',
    }),
    hottest: Type.Array(HotSection, { description: 'Sections that decide the most, at most ten.' }),
    demoSale: Type.Boolean({ description: 'Whether POST /ops/demo-sale is served.' }),
  },
  shown('Overview', examples.overview),
);

/** GET /ops/overview: what the lanes do right now. */
export const overviewRoutes: FastifyPluginAsyncTypebox<OverviewRoutesOptions> = async (
  app,
  { db, lanes, activity, canRunDemoSale },
) => {
  app.get(
    '/ops/overview',
    {
      schema: {
        tags: ['operations'],
        summary: 'Lanes, outcomes a second and the hottest sections, of the last seconds',
        description: 'Made to be asked for once a second; all who ask share one look.',
        response: { 200: Overview, 503: Problem('A server is down; see Retry-After.') },
      },
    },
    async () => {
      const [rows, pulse] = await Promise.all([listLanes(db), activity.pulse()]);
      const backlogs = await Promise.all(rows.map(({ lane }) => lanes.at(lane).line.backlog()));
      return {
        at: new Date().toISOString(),
        windowSeconds: pulse.windowSeconds,
        lanes: rows.map((row, index) => presentLane(row, backlogs[index] ?? {}, pulse)),
        seconds: pulse.seconds.map(({ second, ...counts }) => ({
          at: new Date(second * 1000).toISOString(),
          ...counts,
        })),
        hottest: await hottestOf(db, pulse),
        demoSale: canRunDemoSale,
      };
    },
  );
};

function presentLane(row: LaneRow, backlog: Backlog, pulse: Pulse): Static<typeof Lane> {
  const lately = pulse.lanes.get(row.lane);
  const { oldestAtMs } = backlog;
  return {
    lane: row.lane,
    owner: row.held ? row.owner : null,
    epoch: row.epoch,
    ...optional('backlogJobs', backlog.jobs),
    ...optional('backlogRequests', backlog.requests),
    ...optional('oldestAgeMs', oldestAtMs && Math.max(0, Date.now() - oldestAtMs)),
    decidedPerSecond: perSecond(lately?.decisions ?? 0, pulse),
    ...optional('batchSize', lately && lately.decisions / lately.batches),
    ...optional('waitP50Ms', lately?.waitP50Ms),
    ...optional('waitP99Ms', lately?.waitP99Ms),
  };
}

async function hottestOf(db: Database, pulse: Pulse): Promise<Static<typeof HotSection>[]> {
  const hottest = [...pulse.sections].sort(([, a], [, b]) => b - a).slice(0, hotSectionsMax);
  const ids = hottest.map(([id]) => id);
  const rows = new Map((await readSectionNames(db, ids)).map((row) => [row.id, row]));
  return hottest.flatMap(([id, decisions]) => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ ...row, decidedPerSecond: perSecond(decisions, pulse) }];
  });
}

const perSecond = (decisions: number, { windowSeconds }: Pulse): number =>
  windowSeconds > 0 ? decisions / windowSeconds : 0;
