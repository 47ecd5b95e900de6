import type { OpenApiDocument } from './openapi-requests.js';

const text = { type: 'string' };
const query = (...names: string[]) => names.map((name) => ({ name, in: 'query', schema: text }));
const body = (properties: Readonly<Record<string, { type: string }>>) => ({
  content: { 'application/json': { schema: { type: 'object', properties } } },
});

/**
 * What the document leaves out because it is no part of the API: the login and Bull Board, which only
 * shows unless it is told otherwise. Bull Board's routes: https://github.com/felixmosh/bull-board
 */
export const otherOperations: OpenApiDocument = {
  paths: {
    '/login': {
      get: { parameters: query('to') },
      post: { requestBody: body({ credential: text, to: text }) },
    },
    '/logout': { post: {} },
    '/': { get: {} },
    '/ops': { get: {} },
    '/assets/{file}': { get: {} },
    '/queues/': { get: {} },
    '/queues/queue/{queue}': { get: {} },
    '/queues/api/queues': {
      get: { parameters: query('activeQueue', 'status', 'page', 'jobsPerPage') },
    },
    '/queues/api/queues/lane-0/{job}': { get: {} },
    '/queues/api/queues/{queue}/{job}': { get: {} },
    '/queues/api/queues/lane-0/{job}/logs': { get: {} },
    '/queues/api/queues/lane-0/{job}/retry/failed': { put: {} },
    '/queues/api/queues/lane-0/{job}/clean': { put: {} },
    '/queues/api/queues/lane-0/{job}/update-data': { patch: { requestBody: body({}) } },
    '/queues/api/queues/lane-0/add': {
      post: { requestBody: body({ name: text, data: { type: 'object' } }) },
    },
    '/queues/api/queues/lane-0/empty': { put: {} },
    '/queues/api/queues/lane-0/pause': { put: {} },
    '/queues/api/queues/lane-0/obliterate': { put: {} },
  },
};
