import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { accessOf } from './access/use-access.js';
import { completeDocument, type OpenApiDocument } from './openapi-document.js';

const description = `Sells limited seats to a crowd: never too many, and in the order people asked.

A body is JSON, and a field that it should not have is an error. Times are UTC in ISO 8601; money is in
minor units of the event's currency. An answer that is not a success is \`application/problem+json\`
(RFC 9457) with a stable \`type\`. Lists take \`limit\` and an opaque \`cursor\`.`;

/** How the OpenAPI 3.1 document is made from the schemas of the routes. */
export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Stile',
      version: '0.1.0',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The server that serves this document.' }],
    tags: [
      { name: 'events', description: 'What is for sale, and how much of it is left.' },
      { name: 'bookings', description: 'Asking for seats, and what became of it.' },
      { name: 'users', description: 'For whom seats are booked.' },
      { name: 'webhooks', description: 'Partners that are told what becomes of bookings.' },
      { name: 'operations', description: 'For those who run it.' },
    ],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token or an API key; only a server that is set up for callers asks for it.',
        },
      },
    },
  },
  transform: ({ schema, url, route }) => {
    const access = accessOf(route.config ?? {});
    const security = access === 'public' ? [] : [{ bearer: [access] }];
    return { schema: { ...schema, security } as FastifySchema, url };
  },
  transformObject: (made) =>
    'openapiObject' in made
      ? (completeDocument(made.openapiObject as OpenApiDocument) as typeof made.openapiObject)
      : made.swaggerObject,
};
