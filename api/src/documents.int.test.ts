import { jobIdOf, jobIdParts } from '@stile/core';
import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from './booking-view.js';
import type { QueuesBody } from './http-client.test-fixture.js';
import { problems } from './problems.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly summary?: string;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** A body that every change takes for valid. */
const change = { concurrency: 1, jobData: {}, runAt: 1, priority: 1, every: 1_000 };
/** Every way in which Bull Board's page can change a queue. */
const changes = [
  ['POST', 'lane-0/add'],
  ['PUT', 'lane-0/pause'],
  ['PUT', 'lane-0/resume'],
  ['PUT', 'lane-0/empty'],
  ['PUT', 'lane-0/obliterate'],
  ['PUT', 'lane-0/promote'],
  ['PUT', 'lane-0/concurrency'],
  ['PUT', 'lane-0/rate-limit'],
  ['PUT', 'lane-0/rate-limit/release'],
  ['PUT', 'lane-0/retry/failed'],
  ['PUT', 'lane-0/clean/completed'],
  ['PUT', 'lane-0/:job/retry'],
  ['PUT', 'lane-0/:job/clean'],
  ['PUT', 'lane-0/:job/promote'],
  ['PUT', 'lane-0/:job/remove-unprocessed-children'],
  ['PATCH', 'lane-0/:job/update-data'],
  ['PATCH', 'lane-0/:job/delay'],
  ['PATCH', 'lane-0/:job/priority'],
  ['PUT', 'lane-0/job-schedulers/any/remove'],
  ['PUT', 'lane-0/job-schedulers/any/run'],
  ['PATCH', 'lane-0/job-schedulers/any'],
] as const;

describe.each(engines)('for people, with lanes on $name', (engine) => {
  let stack: TestStack;
  /** The one job that waits, and its lane. */
  let jobId: string;
  let lane: string;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
    const { id: sectionId } = await stack.http.createSection(5);
    const { body } = await stack.http.post<Booking>('/bookings', { sectionId, quantity: 1 });
    jobId = jobIdOf(body.id);
    lane = `lane-${jobIdParts(jobId).lane}`;
  });
  afterAll(() => stack.stop());

  const readQueues = async () => (await stack.http.get<QueuesBody>('/queues/api/queues')).body;

  test('the OpenAPI 3.1 document has every route, its summary and its answers', async () => {
    const { status, headers, body } = await stack.http.get<OpenApi>('/openapi.json');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body.openapi).toMatch(/^3\.1\./);
    const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method} ${path}`,
        ...operation,
      })),
    );
    expect(operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'delete /bookings/{id}',
        'delete /events/{id}',
        'delete /webhooks/{id}',
        'get /bookings',
        'get /bookings/{id}',
        'get /events',
        'get /events/{id}',
        'get /events/{id}/stats',
        'get /events/{id}/stream',
        'get /health/live',
        'get /health/ready',
        'get /problems/{code}',
        'get /sections/{id}/seats',
        'get /users',
        'get /users/{id}',
        'get /webhooks',
        'get /webhooks/{id}',
        'get /webhooks/{id}/deliveries',
        'patch /events/{id}',
        'patch /sections/{id}',
        'patch /users/{id}',
        'post /bookings',
        'post /bookings/{id}/confirm',
        'post /events',
        'post /users',
        'post /webhooks',
        'post /webhooks/{id}/deliveries/{deliveryId}/replay',
        'post /webhooks/{id}/enable',
        'post /webhooks/{id}/replay',
      ]),
    );
    for (const { name, summary, responses } of operations) {
      expect(summary, name).toMatch(/\w/);
      expect(Object.keys(responses), name).toContainEqual(expect.stringMatching(/^20[0124]$/));
    }
    const answers = Object.keys(body.paths['/bookings']?.post?.responses ?? {});
    expect(answers).toEqual(expect.arrayContaining(['201', '202', '400', '404', '409', '503']));
  });

  test.each(['/queues/api/queues/lane-0/%00/logs', '/queues/api/queues?status=%00'])(
    'GET %s, which no server could look up, is a 400',
    async (path) => {
      expect((await stack.http.get(path)).status).toBe(400);
    },
  );

  test.each(['/', '/ops', '/docs', '/docs/', '/queues', '/queues/'])(
    '%s is a page',
    async (path) => {
      const { status, headers, body } = await stack.http.get<string>(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/html/);
      expect(body).toMatch(/<html/);
    },
  );

  test.each(Object.entries(problems))('/problems/%s says what it means', async (code, problem) => {
    const { status, body } = await stack.http.get<object>(`/problems/${code}`);
    expect(status).toBe(200);
    expect(body).toEqual({ type: `/problems/${code}`, ...problem });
  });

  test('a problem that does not exist is a 404', async () => {
    expect(await stack.http.get('/problems/bad-weather')).toMatchObject({
      status: 404,
      body: { type: '/problems/not-found' },
    });
  });

  test('Bull Board shows the lanes and the job that a booking’s id names', async () => {
    const { queues } = await readQueues();
    expect(queues.map(({ name }) => name)).toEqual(['lane-0', 'lane-1']);
    expect(queues.find(({ name }) => name === lane)?.counts.waiting).toBe(1);
    const job = await stack.http.get<object>(`/queues/api/queues/${lane}/${jobId}`);
    expect(job).toMatchObject({ status: 200, body: { job: { id: jobId }, status: 'waiting' } });
  });

  test.each(changes)('Bull Board only shows: %s %s is refused', async (method, path) => {
    const before = await readQueues();
    const address = path.replace('lane-0', lane).replace(':job', jobId);
    const { status } = await stack.http.send(`/queues/api/queues/${address}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    expect(status).toBe(405);
    expect(await readQueues()).toEqual(before);
  });

  test('Bull Board only shows: pausing everything pauses nothing', async () => {
    await stack.http.send('/queues/api/queues/pause', { method: 'PUT' });
    expect((await readQueues()).queues.map(({ isPaused }) => isPaused)).toEqual([false, false]);
  });
});
