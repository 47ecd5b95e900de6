import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Database, findEvents, insertEvent, listEvents } from '@stile/db';
import type { OpenLanes } from '@stile/queue';
import { Type } from 'typebox';
import { batchedReads } from '../batched-reads.js';
import { idFromCursor, pageOf } from '../cursor.js';
import { Event, presentEvent } from '../event-view.js';
import { instantOrNone } from '../instant.js';
import { Kind, NewEvent, newEventFrom } from '../new-event.js';
import { unknownEvent } from '../problems.js';
import { Body, IdParams, Instant, Page, PageQuery, Problem } from '../schemas.js';

export interface EventRoutesOptions {
  readonly db: Database;
  readonly lanes: OpenLanes;
}

/** /events: what is for sale. */
export const eventRoutes: FastifyPluginAsyncTypebox<EventRoutesOptions> = async (app, options) => {
  const { db, lanes } = options;
  const readEvent = batchedReads((ids) => findEvents(db, ids));
  // From a lane of chance on: api processes know no other's.
  let turn = Math.floor(Math.random() * (await lanes.count()));

  app.post(
    '/events',
    {
      config: { access: 'events:write' },
      schema: {
        tags: ['events'],
        summary: 'Create an event with its sections',
        body: NewEvent,
        response: { 201: Event, 400: Problem('The body is not valid.', 'validation', 'bad-json') },
      },
    },
    async (request, reply) => {
      const laneCount = await lanes.count();
      const event = await insertEvent(
        db,
        newEventFrom(request.body, () => turn++ % laneCount),
      );
      return reply.code(201).header('location', `/events/${event.id}`).send(presentEvent(event));
    },
  );

  app.get(
    '/events/:id',
    {
      config: { access: 'events:read' },
      schema: {
        tags: ['events'],
        summary: "Read an event and each section's remaining seats",
        params: IdParams,
        response: { 200: Event, 404: Problem('There is no such event.', 'unknown-event') },
      },
    },
    async (request) => {
      const event = await readEvent(request.params.id);
      if (event === undefined) throw unknownEvent(request.params.id);
      return presentEvent(event);
    },
  );

  app.get(
    '/events',
    {
      config: { access: 'events:read' },
      schema: {
        tags: ['events'],
        summary: 'List events, newest first',
        querystring: Body({
          ...PageQuery,
          kind: Type.Optional(Kind),
          from: Type.Optional(Instant('Only events that start at this time or later.')),
          to: Type.Optional(Instant('Only events that start before this time.')),
        }),
        response: { 200: Page(Event), 400: Problem('A parameter is not valid.', 'validation') },
      },
    },
    async (request) => {
      const { limit, cursor, kind } = request.query;
      const from = instantOrNone('/from', request.query.from);
      const to = instantOrNone('/to', request.query.to);
      const rows = await listEvents(db, {
        limit: limit + 1,
        ...(kind === undefined ? {} : { kind }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(cursor === undefined ? {} : { before: idFromCursor(cursor) }),
      });
      return pageOf(rows, limit, presentEvent);
    },
  );
};
