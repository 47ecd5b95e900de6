import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  type Database,
  deleteWebhook,
  enableWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  type WebhookRow,
} from '@stile/db';
import type { AddressGuard } from '@stile/webhooks';
import { type Static, Type } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { idFromCursor, pageOf } from '../cursor.js';
import { invalidField } from '../problem-from-error.js';
import { ProblemError, unknownWebhook } from '../problems.js';
import { Body, Id, IdParams, Instant, OneOf, Page, PageQuery, Problem, shown } from '../schemas.js';

export interface WebhookRoutesOptions {
  readonly db: Database;
  readonly guard: AddressGuard;
}

/** Every one of them costs each tick of the dispatcher two queries. */
const webhooksMax = 100;
const urlLengthMax = 2_000;
const secretBytes = 32;

const types = [
  'booking.held',
  'booking.confirmed',
  'booking.rejected',
  'booking.cancelled',
  'booking.expired',
] as const;

const Url = Type.String({
  maxLength: urlLengthMax,
  pattern: '^https?://',
  description:
    'Where to send; its host must be on the public internet unless the server allows others.',
});
const Types = Type.Array(OneOf(types, 'A type of event.'), {
  minItems: 1,
  uniqueItems: true,
  description: 'What to tell of; everything when it is left out.',
});
const example = {
  id: '01a1fa2a-71d0-7b1e-9c3d-5f1f0f6a2b11',
  url: 'https://partner.example/stile',
  types: [...types],
  enabled: true,
  createdAt: '2026-11-20T18:14:08.002Z',
};
const properties = {
  id: Id('Names the webhook.'),
  url: Type.String(),
  types: Type.Array(Type.String()),
  enabled: Type.Boolean({ description: 'False once it has failed for days.' }),
  failingSince: Type.Optional(Instant('The first failure since something was delivered.')),
  disabledAt: Type.Optional(Instant('When it was given up.')),
  createdAt: Instant('It is told of what was decided from then on.'),
};
const Webhook = Type.Object(properties, shown('Webhook', example));
const RegisteredWebhook = Type.Object(
  {
    ...properties,
    secret: Type.String({ description: 'Verifies signatures. It is told this once.' }),
  },
  shown('RegisteredWebhook', {
    ...example,
    secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3tF8dGEVlhk=',
  }),
);

const present = (row: WebhookRow): Static<typeof Webhook> => ({
  id: row.id,
  url: row.url,
  types: row.types,
  enabled: row.enabled,
  ...(row.failingSince && { failingSince: row.failingSince.toISOString() }),
  ...(row.disabledAt && { disabledAt: row.disabledAt.toISOString() }),
  createdAt: row.createdAt.toISOString(),
});

/** /webhooks: addresses that are told what becomes of bookings. For operators. */
export const webhookRoutes: FastifyPluginAsyncTypebox<WebhookRoutesOptions> = async (
  app,
  { db, guard },
) => {
  app.post(
    '/webhooks',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'Register an address that is told what becomes of bookings',
        description:
          'Messages are Standard Webhooks, sent at least once and in order for each booking. The secret is in this answer only.',
        body: Body(
          { url: Url, types: Type.Optional(Types) },
          shown('NewWebhook', { url: example.url }),
        ),
        response: {
          201: RegisteredWebhook,
          400: Problem(
            'The address is not valid, or not on the public internet.',
            'validation',
            'bad-json',
          ),
          409: Problem('There are as many as there can be.', 'too-many-webhooks'),
        },
      },
    },
    async (request, reply) => {
      const url = await allowedUrl(request.body.url, guard);
      const secret = `whsec_${randomBytes(secretBytes).toString('base64')}`;
      const wanted = { id: uuidv7(), url, secret, types: request.body.types ?? types };
      const webhook = await insertWebhook(db, wanted, webhooksMax);
      if (webhook === undefined) {
        throw new ProblemError('too-many-webhooks', {
          detail: `There are ${webhooksMax}; delete one that is not needed any more.`,
        });
      }
      reply.code(201).header('location', `/webhooks/${webhook.id}`);
      return { ...present(webhook), secret };
    },
  );

  app.get(
    '/webhooks',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'List webhooks, newest first',
        querystring: Body(PageQuery),
        response: { 200: Page(Webhook), 400: Problem('A parameter is not valid.', 'validation') },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const before = cursor === undefined ? {} : { before: idFromCursor(cursor) };
      return pageOf(await listWebhooks(db, { ...before, limit: limit + 1 }), limit, present);
    },
  );

  app.get(
    '/webhooks/:id',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'Read a webhook',
        params: IdParams,
        response: { 200: Webhook, 404: Problem('There is no such webhook.', 'unknown-webhook') },
      },
    },
    async ({ params: { id } }) => {
      const webhook = await findWebhook(db, id);
      if (webhook === undefined) throw unknownWebhook(id);
      return present(webhook);
    },
  );

  app.delete(
    '/webhooks/:id',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'Remove a webhook with its log',
        params: IdParams,
        response: {
          204: Type.Null({ description: 'It is gone.' }),
          404: Problem('There is no such webhook.', 'unknown-webhook'),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      if (!(await deleteWebhook(db, id))) throw unknownWebhook(id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/webhooks/:id/enable',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['webhooks'],
        summary: 'Enable a webhook again: it goes on where it was disabled, and misses nothing',
        params: IdParams,
        response: { 200: Webhook, 404: Problem('There is no such webhook.', 'unknown-webhook') },
      },
    },
    async ({ params: { id } }) => {
      const webhook = await enableWebhook(db, id);
      if (webhook === undefined) throw unknownWebhook(id);
      return present(webhook);
    },
  );
};

/** The URL in its one spelling; a 400 that says why when webhooks can't go there. */
async function allowedUrl(text: string, guard: AddressGuard): Promise<string> {
  if (!URL.canParse(text)) throw invalidField('/url', 'must be a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw invalidField('/url', 'must not hold a name or a password');
  }
  try {
    await guard.check(url);
  } catch (error) {
    throw invalidField('/url', `can not be used: ${(error as Error).message}`);
  }
  return url.href;
}
