import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { AvailabilityFeed } from '../availability-feed.js';
import { examples } from '../examples.js';
import { LiveStream } from '../live-stream.js';
import { ProblemError, unknownEvent } from '../problems.js';
import { IdParams, Problem } from '../schemas.js';

export interface EventStreamRoutesOptions {
  readonly feed: AvailabilityFeed;
  /** Streams that this process keeps open at most. */
  readonly streamsMax: number;
}

const retryAfterSeconds = 5;

const description = `Server-sent events. Each \`availability\` has the JSON
\`{sectionId, remaining, version}\`: first one for every section, then one for each section that
changed, at most 10 a second for a section. What is skipped is made up for by what follows: the
highest version of a section is its truth. A client that comes back with \`Last-Event-ID\` and has
missed nothing gets no snapshot. A stream ends when its event is deleted (asking again is a 404) or
the server stops; \`retry\` says how long to wait before asking again. A comment comes every 15
seconds.`.replaceAll('\n', ' ');

const example = `event: availability
id: 1
data: ${JSON.stringify(examples.availability)}

`;

/** GET /events/:id/stream: how many seats are left, as it changes. */
export const eventStreamRoutes: FastifyPluginAsyncTypebox<EventStreamRoutesOptions> = async (
  app,
  { feed, streamsMax },
) => {
  app.get(
    '/events/:id/stream',
    {
      config: { access: 'events:read', holds: 'stream' },
      schema: {
        tags: ['events'],
        summary: 'Watch the remaining seats of an event',
        description,
        params: IdParams,
        headers: Type.Object({
          'last-event-id': Type.Optional(
            Type.String({ description: 'The `id` of the last event that the client has.' }),
          ),
        }),
        response: {
          200: {
            description: 'The stream; it stays open.',
            content: {
              'text/event-stream': { schema: Type.String({ examples: [example] }) },
            },
          },
          400: Problem('The id is not valid.', 'validation'),
          404: Problem('There is no such event.', 'unknown-event'),
          503: Problem(
            'Too many streams are open, or the database is down; see Retry-After.',
            'overloaded',
            'unavailable',
          ),
        },
      },
    },
    async (request, reply) => {
      // PostgreSQL writes ids in lower case, and the feed goes by what it reads.
      const id = request.params.id.toLowerCase();
      if (feed.streams >= streamsMax) {
        const detail = `${streamsMax} streams are open here. Try again in ${retryAfterSeconds} s.`;
        throw new ProblemError('overloaded', { detail, retryAfterSeconds });
      }
      const sections = await feed.look(id);
      if (sections === undefined) throw unknownEvent(id);
      if (request.method === 'HEAD') return reply.type('text/event-stream').send('');

      reply.hijack();
      if (reply.raw.destroyed) return reply;
      const stream = new LiveStream(reply.raw, () => feed.snapshot(id));
      stream.open(reply.getHeaders() as OutgoingHttpHeaders, () => feed.leave(id, stream));
      feed.join(id, stream, sections, versionIn(request.headers['last-event-id']));
      return reply;
    },
  );
};

/** The version that an id of an event of a stream stands for; undefined when it is none. */
const versionIn = (id: string | undefined): number | undefined =>
  id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
