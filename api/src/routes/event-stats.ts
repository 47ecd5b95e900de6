import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Database, type EventWithSections, findEvent, type SectionRow } from '@stile/db';
import { type Static, Type } from 'typebox';
import { versionOf } from '../event-view.js';
import { examples } from '../examples.js';
import { unknownEvent } from '../problems.js';
import { Id, IdParams, Problem, shown } from '../schemas.js';

const counts = {
  capacity: Type.Integer({ description: 'Seats in all.' }),
  remaining: Type.Integer({ description: 'Seats nobody holds or has booked.' }),
  held: Type.Integer({ description: 'Seats in holds.' }),
  confirmed: Type.Integer({ description: 'Seats in confirmed bookings.' }),
  rejected: Type.Integer({ description: 'Bookings that were turned down.' }),
  revenue: Type.Integer({ description: 'Price of the confirmed bookings, in minor units.' }),
};
const rest = {
  occupancy: Type.Number({ description: 'Share of the seats held or confirmed, from 0 to 1.' }),
  version: Type.Integer({ description: "Grows with every change; an event's is a sum." }),
};
const SectionStats = Type.Object({
  id: Id('The section.'),
  name: Type.String(),
  ...counts,
  ...rest,
});
const EventStats = Type.Object(
  {
    id: Id('The event.'),
    name: Type.String(),
    currency: Type.String(),
    ...counts,
    ...rest,
    sections: Type.Array(SectionStats),
  },
  shown('EventStats', examples.stats),
);

/** GET /events/:id/stats: from the counts that lanes keep on the sections, so at no cost. */
export const eventStatsRoutes: FastifyPluginAsyncTypebox<{ readonly db: Database }> = async (
  app,
  { db },
) => {
  app.get(
    '/events/:id/stats',
    {
      config: { access: 'events:write' },
      schema: {
        tags: ['events'],
        summary: 'Seats, bookings and revenue of an event and its sections',
        params: IdParams,
        response: { 200: EventStats, 404: Problem('There is no such event.', 'unknown-event') },
      },
    },
    async (request) => {
      const event = await findEvent(db, request.params.id);
      if (event === undefined) throw unknownEvent(request.params.id);
      return statsOf(event);
    },
  );
};

type Counts = Pick<SectionRow, keyof typeof counts>;

const countNames = Object.keys(counts) as (keyof Counts)[];

const countsOf = (sections: readonly Counts[]): Counts =>
  Object.fromEntries(
    countNames.map((name) => [name, sections.reduce((sum, section) => sum + section[name], 0)]),
  ) as unknown as Counts;

const occupancyOf = ({ held, confirmed, capacity }: Counts): number =>
  (held + confirmed) / capacity;

function statsOf(event: EventWithSections): Static<typeof EventStats> {
  const { id, name, currency, sections } = event;
  const sum = countsOf(sections);
  const version = versionOf(event);
  return {
    ...{ id, name, currency },
    ...sum,
    ...{ occupancy: occupancyOf(sum), version },
    sections: sections.map((section) => ({
      id: section.id,
      name: section.name,
      ...countsOf([section]),
      occupancy: occupancyOf(section),
      version: section.version,
    })),
  };
}
