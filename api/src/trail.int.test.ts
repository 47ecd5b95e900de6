import { createRequire } from 'node:module';
import { openEngine } from '@stile/queue';
import { createTestDatabase, dropPrefix, engines, uniquePrefix } from '@stile/testing';
import { readConfig as readWorkerConfig, startWorker } from '@stile/worker';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './config.js';
import { HttpClient } from './http-client.test-fixture.js';
import { startOtlpReceiver } from './otlp-receiver.test-fixture.js';
import { startApi } from './server.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callersSpan = '00f067aa0ba902b7';
const loadedModules = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) =>
    path.includes('/@opentelemetry/sdk-'),
  );

interface Line {
  readonly name?: string;
  readonly requestId?: string;
  readonly msg: string;
  readonly commandId?: string;
  readonly outcome?: string;
  readonly url?: string;
}

describe.each(engines)('the trail of a request, with lanes on $name', ({ redisUrl }) => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let prefix: string;
  let lines: Line[];
  beforeEach(async () => {
    database = await createTestDatabase();
    prefix = uniquePrefix();
    lines = [];
  });
  afterEach(async () => {
    if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
    await database.drop();
  });

  /** Sends requests to an api and its worker that have this environment, and stops both. */
  async function run<Result>(
    environment: Record<string, string>,
    work: (http: HttpClient, sectionId: string) => Promise<Result>,
  ): Promise<Result> {
    const shared = { DATABASE_URL: database.url, QUEUE_PREFIX: prefix, LANES: '2', ...environment };
    const log = (name: string) => {
      const write = (line: string) => lines.push(JSON.parse(line) as Line);
      return pino({ name, level: 'debug' }, { write });
    };
    const api = await startApi({ ...readConfig({ ...shared, PORT: '0' }), redisUrl }, log('api'));
    const workerConfig = readWorkerConfig({ ...shared, TAKE_WAIT_MS: '500' });
    const worker = await startWorker({ ...workerConfig, redisUrl }, log('worker'));
    try {
      const http = new HttpClient(api.address);
      return await work(http, (await http.createSection(5)).id);
    } finally {
      await api.stop();
      await worker.stop();
    }
  }

  test('nothing of OpenTelemetry is loaded, and jobs say nothing of traces, without an endpoint', async () => {
    const loadedBefore = loadedModules();
    await run({}, (http, sectionId) =>
      http.post(
        '/bookings?wait=10',
        { sectionId, quantity: 1 },
        { traceparent: `00-${traceId}-${callersSpan}-01` },
      ),
    );
    expect(loadedModules()).toEqual(loadedBefore);
    const onError = () => undefined;
    const options = { databaseUrl: database.url, redisUrl, prefix, laneCount: 2, onError };
    const engine = await openEngine({ ...options, role: 'producer' });
    const queues = [0, 1].map((lane) => engine.queue(lane));
    const jobs = (await Promise.all(queues.map((queue) => queue.getCompleted()))).flat();
    expect(jobs.map(({ data }) => Object.keys(data).sort())).toEqual([
      ['acceptedAtUs', 'commands', 'replyTo', 'requests', 'sections'],
    ]);
    await Promise.all(queues.map((queue) => queue.close()));
    await engine.close();
  });

  test('one request id leads from the request to its decision', async () => {
    const { body } = await run({}, async (http, sectionId) => {
      await Promise.all(
        Array.from({ length: 20 }, () => http.post('/bookings', { sectionId, quantity: 1 })),
      );
      return http.post<{ instance: string; bookingId: string }>('/bookings?wait=10', {
        sectionId,
        quantity: 1,
      });
    });
    const told = lines.filter(({ requestId }) => requestId === body.instance);
    expect(told.find(({ msg }) => msg === 'answered')).toMatchObject({
      name: 'api',
      url: '/bookings?wait=10',
    });
    expect(told.find(({ msg }) => msg === 'decided')).toMatchObject({
      name: 'worker',
      commandId: body.bookingId,
      outcome: 'sold_out',
    });
    const decided = lines.filter(({ name, msg }) => name === 'worker' && msg === 'decided');
    expect(new Set(decided.map(({ requestId }) => requestId)).size).toBe(21);
  });

  test("a caller's trace goes on through the api and the lane to the decision", async () => {
    const collector = await startOtlpReceiver();
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.address }, async (http, sectionId) => {
      // Beside requests that are not sampled, whose commands travel in the same jobs.
      const others = Array.from({ length: 10 }, () =>
        http.post(
          '/bookings',
          { sectionId, quantity: 1 },
          { traceparent: `00-${'1'.repeat(32)}-${callersSpan}-00` },
        ),
      );
      await http.post(
        '/bookings?wait=10',
        { sectionId, quantity: 1 },
        { traceparent: `00-${traceId}-${callersSpan}-01` },
      );
      await Promise.all(others);
    });
    await collector.stop();

    expect(collector.spans.some((span) => span.traceId === '1'.repeat(32))).toBe(false);
    const spans = collector.spans.filter((span) => span.traceId === traceId);
    const request = spans.find(({ name }) => name === 'POST /bookings');
    expect(request).toMatchObject({ service: 'stile-api', parentSpanId: callersSpan });
    const requestId = request?.attributes['stile.request_id'];
    expect(requestId).toMatch(/^\w+-\w+$/);
    const inLane = spans.filter(({ service }) => service === 'stile-worker');
    expect(inLane.map(({ name }) => name.replace(/\d+/, 'N')).sort()).toEqual([
      'lane-N decide',
      'lane-N wait',
    ]);
    for (const span of inLane) {
      expect(span.parentSpanId).toBe(request?.spanId);
      expect(span.attributes['stile.request_id']).toBe(requestId);
      expect(span.endMs).toBeGreaterThanOrEqual(span.startMs);
      expect(span.startMs).toBeGreaterThanOrEqual((request?.startMs ?? 0) - 1);
    }
    const decision = inLane.find(({ name }) => name.endsWith('decide'));
    expect(decision?.attributes['stile.outcome']).toMatch(/confirmed|sold_out/);
  });

  // The same on every engine, and stopping takes its time.
  if (redisUrl === undefined) {
    test('a collector that is down keeps nobody from booking or stopping', async () => {
      const { status } = await run(
        { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
        (http, sectionId) => http.post('/bookings?wait=10', { sectionId, quantity: 1 }),
      );
      expect(status).toBe(201);
    });
  }
});
