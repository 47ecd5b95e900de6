import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { SeatRow } from '@stile/core';
import { type Database, findSection, readTakenSeats, type TakenStatus } from '@stile/db';
import { LRUCache } from 'lru-cache';
import { type Static, Type } from 'typebox';
import { examples } from '../examples.js';
import { ProblemError, unknownSection } from '../problems.js';
import { Id, IdParams, Problem, shown } from '../schemas.js';

const mapsMax = 50;

const SeatMap = Type.Object(
  {
    sectionId: Id('The section.'),
    version: Type.Integer({
      description: 'The version of the section that it shows, or a later one.',
    }),
    rows: Type.Array(
      Type.Object({
        row: Type.String({ description: 'Its name; the label of its third seat is C-3 in row C.' }),
        seats: Type.String({
          description: 'A letter for each seat from 1 on: a available, h held, c confirmed.',
        }),
      }),
      { description: 'Nearest the front first.' },
    ),
  },
  shown('SeatMap', examples.seatMap),
);
type SeatMap = Static<typeof SeatMap>;

const letters: Readonly<Record<TakenStatus, string>> = { held: 'h', confirmed: 'c' };

/**
 * GET /sections/:id/seat-map: a whole hall in one answer, for pages that draw it. As long as the
 * section's version is the same it is drawn from memory, or not sent again at all.
 */
export const seatMapRoutes: FastifyPluginAsyncTypebox<{ readonly db: Database }> = async (
  app,
  { db },
) => {
  const maps = new LRUCache<string, SeatMap>({ max: mapsMax });

  app.get(
    '/sections/:id/seat-map',
    {
      config: { access: 'events:read' },
      schema: {
        tags: ['events'],
        summary: 'Every numbered seat of a section, a letter each',
        params: IdParams,
        response: {
          200: SeatMap,
          304: Type.Null({ description: 'The same as the one with this `If-None-Match`.' }),
          404: Problem('There is no such section.', 'unknown-section'),
          409: Problem('Its seats have no numbers.', 'no-numbered-seats'),
        },
      },
    },
    async (request, reply) => {
      const section = await findSection(db, request.params.id);
      if (section === undefined) throw unknownSection(request.params.id);
      const { id, version, seatRows } = section;
      if (seatRows === null) {
        throw new ProblemError('no-numbered-seats', {
          detail: `${section.remaining} of ${section.capacity} seats are available; none has a number.`,
        });
      }
      const etag = `"${version}"`;
      reply.header('etag', etag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag)
        return reply.code(304).type('text/plain').send(null);
      let map = maps.get(id);
      if (map?.version !== version) {
        map = { sectionId: id, version, rows: drawn(seatRows, await readTakenSeats(db, id)) };
        maps.set(id, map);
      }
      return map;
    },
  );
};

function drawn(rows: readonly SeatRow[], taken: ReadonlyMap<string, TakenStatus>): SeatMap['rows'] {
  return rows.map(({ row, seats }) => ({
    row,
    seats: Array.from({ length: seats }, (_, index) => {
      const status = taken.get(`${row}-${index + 1}`);
      return status === undefined ? 'a' : letters[status];
    }).join(''),
  }));
}
