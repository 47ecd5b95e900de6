import { createProcessRegistry } from '@stile/telemetry';
import { createTestDatabase, dropPrefix, engines, uniquePrefix } from '@stile/testing';
import { readConfig as readWorkerConfig, startWorker } from '@stile/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.js';
import { HttpClient } from './http-client.test-fixture.js';
import { metricsOf, scrape, storedQueries } from './prometheus.test-fixture.js';
import { startApi } from './server.js';

const logger = pino({ level: 'silent' });

describe.each(engines)('metrics, with lanes on $name', ({ redisUrl }) => {
  let api: Awaited<ReturnType<typeof startApi>>;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let stop: () => Promise<void>;
  let sectionId: string;

  beforeAll(async () => {
    const database = await createTestDatabase();
    const prefix = uniquePrefix();
    const environment = { DATABASE_URL: database.url, QUEUE_PREFIX: prefix, LANES: '2' };
    const apiConfig = readConfig({ ...environment, PORT: '0' });
    const workerConfig = readWorkerConfig({
      ...environment,
      METRICS_PORT: '0',
      TAKE_WAIT_MS: '500',
    });
    api = await startApi({ ...apiConfig, redisUrl }, logger, createProcessRegistry());
    worker = await startWorker({ ...workerConfig, redisUrl }, logger, createProcessRegistry());
    const { body } = await new HttpClient(api.address).post<{ sections: [{ id: string }] }>(
      '/events',
      { name: 'Recital', sections: [{ name: 'Hall', price: 1, capacity: 3, holdSeconds: 1 }] },
    );
    sectionId = body.sections[0].id;
    stop = async () => {
      await api.stop();
      await worker.stop();
      if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
      await database.drop();
    };
  });
  afterAll(() => stop());

  const workerAddress = () => worker.metricsAddress ?? '';
  const book = (wanted: object, wait = 10) =>
    new HttpClient(api.address).post(`/bookings?wait=${wait}`, { sectionId, ...wanted });

  test('what is accepted, and what becomes of it, is counted and timed', async () => {
    await book({ quantity: 2 });
    await book({ quantity: 2 });
    await book({ quantity: 1, hold: true });
    const expired = 'stile_hold_expiry_lag_seconds_count';
    await expect
      .poll(async () => (await scrape(workerAddress())).get(expired), { timeout: 10_000 })
      .toBe(1);

    const decided = await scrape(workerAddress());
    expect({
      confirmed: decided.get('stile_decided_total{outcome="confirmed"}'),
      soldOut: decided.get('stile_decided_total{outcome="sold_out"}'),
      held: decided.get('stile_decided_total{outcome="held"}'),
      expired: decided.get('stile_decided_total{outcome="expired"}'),
      timed: decided.get('stile_accept_to_decision_seconds_count'),
      inBatches: decided.get('stile_batch_commands_sum'),
      lanesOwned: decided.get('stile_lanes_owned'),
      troubles: decided.get('stile_lane_troubles_total{cause="retried"}'),
    }).toEqual({
      ...{ confirmed: 1, soldOut: 1, held: 1, expired: 1 },
      ...{ timed: 4, inBatches: 4, lanesOwned: 2, troubles: 0 },
    });
    expect(decided.get('stile_accept_to_decision_seconds_sum')).toBeGreaterThan(0);

    const accepted = await scrape(api.address);
    const route = 'method="POST",route="/bookings"';
    expect({
      accepted: [0, 1].map((lane) => accepted.get(`stile_accepted_total{lane="${lane}"}`) ?? 0),
      booked: accepted.get(`stile_http_request_seconds_count{${route},status="201"}`),
      refused: accepted.get(`stile_http_request_seconds_count{${route},status="409"}`),
      overloaded: accepted.get('stile_refused_total{cause="overloaded"}'),
    }).toEqual({
      accepted: expect.toSatisfy(([a, b]) => a + b === 3),
      booked: 2,
      refused: 1,
      overloaded: 0,
    });
  });

  test('every metric that a panel or an alert reads is served by the api or the worker', async () => {
    const served = [...(await scrape(api.address)), ...(await scrape(workerAddress()))];
    // Prometheus makes `up` itself.
    const names = new Set(['up', ...served.map(([sample]) => sample.replace(/\{.*$/, ''))]);
    const missing = storedQueries().flatMap(({ where, query }) =>
      metricsOf(query)
        .filter((name) => !names.has(name))
        .map((name) => `${where}: ${name}`),
    );
    expect(missing).toEqual([]);
    expect(storedQueries().length).toBeGreaterThan(30);
  });

  test('no label holds an id: what is served does not grow with what is sold', async () => {
    const served = [...(await scrape(api.address)), ...(await scrape(workerAddress()))];
    expect(served.filter(([sample]) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(sample))).toEqual([]);
  });

  test('a worker tells that it lives and that it is ready', async () => {
    const answers = ['/health/live', '/health/ready', '/elsewhere'].map(async (path) => {
      const response = await fetch(`${workerAddress()}${path}`);
      return [response.status, await response.json()];
    });
    expect(await Promise.all(answers)).toEqual([
      [200, { status: 'live' }],
      [200, { status: 'ready', database: 'up', queue: 'up', membership: 'up' }],
      [404, expect.objectContaining({ title: 'There is nothing at this address' })],
    ]);
  });

  test('what waits is shown by lane when no worker takes it, and who is missing', async () => {
    await worker.stop();
    await book({ quantity: 1 }, 0);
    const samples = await scrape(api.address);
    const of = (metric: string) =>
      [0, 1].map((lane) => samples.get(`${metric}{lane="${lane}"}`) as number);
    expect(of('stile_lane_waiting_jobs').sort()).toEqual([0, 1]);
    expect(Math.max(...of('stile_lane_oldest_job_age_seconds'))).toBeGreaterThan(0);
    expect(samples.get('stile_lanes_without_owner')).toBe(2);
    expect(samples.get('stile_up{part="queue"}')).toBe(1);
    expect(samples.get('stile_up{part="database"}')).toBe(1);
  });
});
