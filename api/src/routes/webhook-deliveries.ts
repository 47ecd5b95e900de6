import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  type Database,
  type DeliveryRow,
  findWebhook,
  listDeliveries,
  replayDelivery,
  replaySince,
} from '@stile/db';
import { type Static, Type } from 'typebox';
import { instant } from '../instant.js';
import { invalidField } from '../problem-from-error.js';
import { ProblemError, unknownWebhook } from '../problems.js';
import { Body, Id, IdParams, Instant, OneOf, Page, PageQuery, Problem, shown } from '../schemas.js';

const since = { from: '2026-11-20T18:00:00.000Z' };
const states = ['pending', 'queued', 'delivered', 'failed'] as const;
const deliveryIdPattern = '^[1-9][0-9]{0,14}$';

const Delivery = Type.Object(
  {
    id: Type.String({ description: 'Its number in the log.' }),
    messageId: Type.String({ description: 'The `webhook-id` that its receiver sees.' }),
    type: Type.String(),
    bookingId: Id('The booking.'),
    state: OneOf(states, 'pending waits for its turn, queued is being tried, failed is given up.'),
    attempts: Type.Integer({ description: 'Since it was queued last.' }),
    statusCode: Type.Optional(Type.Integer({ description: 'What the last attempt was answered.' })),
    error: Type.Optional(Type.String({ description: 'Why the last attempt was no delivery.' })),
    attemptedAt: Type.Optional(Instant('The last attempt.')),
    nextAttemptAt: Type.Optional(Instant('When it is tried again.')),
    deliveredAt: Type.Optional(Instant('When its receiver took it.')),
    createdAt: Instant('When it was read from the ledger.'),
  },
  shown('Delivery', {
    id: '42',
    messageId: 'msg_01a1fa2a-7183-72bd-9111-9c74bc7aea6a-7',
    type: 'booking.confirmed',
    bookingId: '01a1fa2a-71c3-700c-8001-0000f9b7cdf8',
    state: 'delivered',
    attempts: 1,
    statusCode: 204,
    attemptedAt: '2026-11-20T18:14:08.214Z',
    deliveredAt: '2026-11-20T18:14:08.214Z',
    createdAt: '2026-11-20T18:14:08.119Z',
  }),
);

const present = (row: DeliveryRow): Static<typeof Delivery> => ({
  id: String(row.id),
  messageId: `msg_${row.sectionId}-${row.sequence}`,
  type: row.type,
  bookingId: row.bookingId,
  state: row.state,
  attempts: row.attempts,
  ...(row.statusCode !== null && { statusCode: row.statusCode }),
  ...(row.error !== null && { error: row.error }),
  ...(row.attemptedAt && { attemptedAt: row.attemptedAt.toISOString() }),
  ...(row.state === 'queued' &&
    row.nextAttemptAt && { nextAttemptAt: row.nextAttemptAt.toISOString() }),
  ...(row.deliveredAt && { deliveredAt: row.deliveredAt.toISOString() }),
  createdAt: row.createdAt.toISOString(),
});

/** /webhooks/:id/deliveries: the log of a webhook, and sending again what stands in it. */
export const webhookDeliveryRoutes: FastifyPluginAsyncTypebox<{ readonly db: Database }> = async (
  app,
  { db },
) => {
  const mustExist = async (id: string): Promise<void> => {
    if ((await findWebhook(db, id)) === undefined) throw unknownWebhook(id);
  };

  app.get(
    '/webhooks/:id/deliveries',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'What a webhook was told, newest first',
        params: IdParams,
        querystring: Body(PageQuery),
        response: {
          200: Page(Delivery),
          400: Problem('A parameter is not valid.', 'validation'),
          404: Problem('There is no such webhook.', 'unknown-webhook'),
        },
      },
    },
    async ({ params: { id }, query: { limit, cursor } }) => {
      await mustExist(id);
      const before = cursor === undefined ? {} : { before: deliveryFromCursor(cursor) };
      const rows = await listDeliveries(db, id, { ...before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const nextCursor = rows.length > limit && last !== undefined ? cursorAfter(last.id) : null;
      return { data: page.map(present), nextCursor };
    },
  );

  app.post(
    '/webhooks/:id/deliveries/:deliveryId/replay',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'Send one message again, under the same message id',
        params: Type.Object({
          ...IdParams.properties,
          deliveryId: Type.String({
            pattern: deliveryIdPattern,
            description: 'Its number in the log.',
          }),
        }),
        response: {
          202: Delivery,
          404: Problem(
            'There is no such webhook or delivery.',
            'unknown-webhook',
            'unknown-delivery',
          ),
        },
      },
    },
    async ({ params: { id, deliveryId } }, reply) => {
      await mustExist(id);
      const delivery = await replayDelivery(db, id, Number(deliveryId));
      if (delivery === undefined) {
        throw new ProblemError('unknown-delivery', {
          detail: `This webhook has no delivery ${deliveryId}; the log keeps them for some weeks.`,
        });
      }
      return reply.code(202).send(present(delivery));
    },
  );

  app.post(
    '/webhooks/:id/replay',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'Send everything again that was decided from a point in time on',
        description:
          'In order, and under the same message ids. Reaches back as far as the ledger does, before the webhook was registered too.',
        params: IdParams,
        body: Body(
          { from: Instant('The first instant whose decisions are sent again.') },
          shown('Replay', since),
        ),
        response: {
          202: Type.Object(
            { from: Type.String() },
            { ...shown('ReplayBegun', since), description: 'It has begun.' },
          ),
          400: Problem('The body is not valid.', 'validation', 'bad-json'),
          404: Problem('There is no such webhook.', 'unknown-webhook'),
        },
      },
    },
    async ({ params: { id }, body }, reply) => {
      await mustExist(id);
      const from = instant('/from', body.from);
      await replaySince(db, id, from);
      return reply.code(202).send({ from: from.toISOString() });
    },
  );
};

const cursorAfter = (id: number): string => Buffer.from(String(id)).toString('base64url');

function deliveryFromCursor(cursor: string): number {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (new RegExp(deliveryIdPattern).test(id)) return Number(id);
  throw invalidField('/cursor', 'must be the nextCursor of an earlier page');
}
