import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, dropPrefix, engines, uniquePrefix } from '@stile/testing';
import pg from 'pg';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Booking } from './booking-view.js';
import { readConfig } from './config.js';
import { HttpClient } from './http-client.test-fixture.js';
import { scrape } from './prometheus.test-fixture.js';
import { startApi } from './server.js';
import { WebhookReceiver } from './webhook-receiver.test-fixture.js';

const workerModule = fileURLToPath(new URL('../../worker/dist/main.js', import.meta.url));
const retryMs = 50;

interface WebhookBody {
  readonly id: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly disabledAt?: string;
}
interface DeliveryBody {
  readonly id: string;
  readonly messageId: string;
  readonly type: string;
  readonly state: string;
  readonly statusCode?: number;
}

describe.each(engines)('webhooks, with lanes on $name', ({ redisUrl }) => {
  let api: Awaited<ReturnType<typeof startApi>>;
  let http: HttpClient;
  let pool: pg.Pool;
  let environment: Record<string, string>;
  let stopServers: () => Promise<void>;
  let worker: ChildProcess;
  let metricsAddress: string;
  let receiver: WebhookReceiver;
  let webhook: WebhookBody;
  let sectionId: string;

  beforeAll(async () => {
    const database = await createTestDatabase();
    const prefix = uniquePrefix();
    environment = {
      DATABASE_URL: database.url,
      QUEUE_PREFIX: prefix,
      LANES: '1',
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_TIMEOUT_MS: '500',
      WEBHOOK_RETRY_MS: String(retryMs),
      METRICS_PORT: '0',
      LOG_LEVEL: 'fatal',
    };
    api = await startApi(readConfig({ ...environment, PORT: '0' }), pino({ level: 'silent' }));
    http = new HttpClient(api.address);
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
    await startWorker();
    stopServers = async () => {
      await endWorker('SIGTERM');
      await api.stop();
      await pool.end();
      if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
      await database.drop();
    };
  });
  afterAll(() => stopServers());

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    await receiver.start();
    sectionId = (await http.createSection(100)).id;
    const answer = await http.post<WebhookBody>('/webhooks', { url: receiver.url });
    expect(answer.status).toBe(201);
    webhook = answer.body;
  });
  afterEach(async () => {
    await http.delete(`/webhooks/${webhook.id}`);
    await receiver.stop();
  });

  async function startWorker(more: Record<string, string> = {}): Promise<void> {
    worker = fork(workerModule, [], {
      env: { ...environment, ...more },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(worker, 'exit').then((): never => expect.unreachable('the worker ended'));
    const [ready] = await Promise.race([once(worker, 'message'), ended]);
    ({ metricsAddress } = ready as { metricsAddress: string });
    ended.catch(() => undefined);
  }
  async function endWorker(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ended = once(worker, 'exit');
    worker.kill(signal);
    await ended;
  }
  const book = async (wanted: object = {}): Promise<Booking> => {
    const body = { sectionId, quantity: 1, ...wanted };
    return (await http.post<Booking>('/bookings?wait=10', body)).body;
  };
  /** Holds, confirms and cancels: three decisions about one booking. */
  const wholeLife = async (): Promise<string> => {
    const { id } = await book({ hold: true });
    await http.send(`/bookings/${id}/confirm`, { method: 'POST' });
    await http.delete(`/bookings/${id}`);
    return id;
  };
  const life = ['booking.held', 'booking.confirmed', 'booking.cancelled'];
  const until = (look: () => unknown) => expect.poll(look, { timeout: 30_000, interval: 20 });
  const attemptsCounted = async () => {
    const figures = await scrape(metricsAddress);
    const counted = (result: string) =>
      figures.get(`stile_webhook_attempts_total{result="${result}"}`);
    expect(figures.get('stile_webhook_lag_seconds_count')).toBe(counted('delivered'));
    return { delivered: counted('delivered'), failed: counted('failed') };
  };
  const log = async () =>
    (await http.get<{ data: DeliveryBody[] }>(`/webhooks/${webhook.id}/deliveries`)).body.data;
  const unsettled = async () =>
    (await log()).filter(({ state }) => state === 'pending' || state === 'queued').length;

  test('a partner is told of all that becomes of a booking, signed and as the ledger has it', async () => {
    const id = await wholeLife();
    const soon = (await http.createSection(1, { holdSeconds: 1 })).id;
    const { id: expiring } = await book({ sectionId: soon, hold: true });
    const { bookingId: rejected = '' } = (
      await http.post('/bookings?wait=10', { sectionId, quantity: 101 })
    ).body;
    await until(() => receiver.takenOf(expiring)).toEqual(['booking.held', 'booking.expired']);
    await until(() => receiver.takenOf(id)).toEqual(life);
    await until(() => receiver.takenOf(rejected)).toEqual(['booking.rejected']);

    const { rows } = await pool.query<{ sequence: string; outcome: string; booking_id: string }>(
      'SELECT sequence, outcome, booking_id FROM ledger WHERE section_id = $1 ORDER BY sequence',
      [sectionId],
    );
    const ofSection = receiver.received.filter(({ data }) => data.sectionId === sectionId);
    const told = ofSection.map(({ headers, body, data }) => {
      expect(new Webhook(webhook.secret).verify(body, headers)).toMatchObject({ data });
      expect(headers['webhook-id']).toBe(`msg_${sectionId}-${data.sequence}`);
      return [data.sequence, data.status, data.bookingId];
    });
    expect(told.sort(([a], [b]) => Number(a) - Number(b))).toEqual(
      rows.map((row) => [Number(row.sequence), row.outcome, row.booking_id]),
    );
    expect(() =>
      new Webhook(webhook.secret).verify('{}', receiver.received[0]?.headers ?? {}),
    ).toThrow();
  });

  test('a receiver that fails and is slow gets everything, each booking in order', async () => {
    // The first booking's are refused for ever; of the others each first message fails once and
    // is not answered once.
    let refused: string | undefined;
    receiver.behave = ({ id, type, data }, earlier) => {
      refused ??= data.bookingId;
      if (data.bookingId === refused) return 500;
      if (type !== 'booking.held') return 204;
      const attempts = earlier.filter((message) => message.id === id).length;
      return ([500, 'hang', 204] as const)[attempts] ?? 204;
    };
    const first = await wholeLife();
    // Another booking's message may not be the first to arrive.
    await until(() => refused).toBe(first);
    const ids = await Promise.all(Array.from({ length: 4 }, wholeLife));
    for (const id of ids) await until(() => receiver.takenOf(id)).toEqual(life);
    // What comes after a message that is refused never overtakes it.
    const ofRefused = receiver.received.filter(({ data }) => data.bookingId === refused);
    expect(new Set(ofRefused.map(({ type }) => type))).toEqual(new Set(['booking.held']));
    // Counted once it is recorded, which is after the receiver's answer; two failed of each that came through.
    await until(async () => (await attemptsCounted()).delivered).toBeGreaterThanOrEqual(
      4 * life.length,
    );
    expect((await attemptsCounted()).failed).toBeGreaterThanOrEqual(4 * 2);
  });

  test('a worker that is killed in the middle loses nothing, and the order stays', async () => {
    receiver.behave = (_message, earlier) => (earlier.length < 20 ? 204 : 'hang');
    const ids = await Promise.all(Array.from({ length: 12 }, wholeLife));
    await until(() => receiver.received.length).toBeGreaterThan(20);
    await endWorker('SIGKILL');
    receiver.behave = () => 204;
    await startWorker();
    for (const id of ids) {
      await until(() => [...new Set(receiver.takenOf(id))]).toEqual(life);
    }
    await until(unsettled).toBe(0);
  });

  test('a webhook that keeps failing is disabled; enabled again, it has missed nothing', async () => {
    await endWorker('SIGTERM');
    await startWorker({ WEBHOOK_DISABLE_AFTER_HOURS: String(0.3 / 3600) });
    receiver.behave = () => 503;
    const first = await wholeLife();
    const read = async () => (await http.get<WebhookBody>(`/webhooks/${webhook.id}`)).body;
    await until(async () => (await read()).enabled).toBe(false);
    expect((await read()).disabledAt).toMatch(/Z$/);
    const second = await wholeLife();

    receiver.behave = () => 204;
    expect(
      (await http.send<WebhookBody>(`/webhooks/${webhook.id}/enable`, { method: 'POST' })).body
        .enabled,
    ).toBe(true);
    await until(() => receiver.takenOf(first)).toEqual(life);
    await until(() => receiver.takenOf(second)).toEqual(life);
    await endWorker('SIGTERM');
    await startWorker();
  });

  test('the log tells what was sent; one message, or all from a time on, can be sent again', async () => {
    const before = await wholeLife();
    await until(() => receiver.takenOf(before)).toEqual(life);
    await until(unsettled).toBe(0);
    const [newest] = await log();
    expect(newest).toMatchObject({
      type: 'booking.cancelled',
      state: 'delivered',
      statusCode: 204,
    });

    const path = `/webhooks/${webhook.id}/deliveries/${newest?.id}/replay`;
    expect((await http.send(path, { method: 'POST' })).status).toBe(202);
    await until(() => receiver.takenOf(before)).toEqual([...life, 'booking.cancelled']);
    expect(receiver.received.at(-1)?.id).toBe(newest?.messageId);

    const from = new Date().toISOString();
    const after = await wholeLife();
    await until(() => receiver.takenOf(after)).toEqual(life);
    await until(unsettled).toBe(0);
    expect((await http.post(`/webhooks/${webhook.id}/replay`, { from })).status).toBe(202);
    await until(() => receiver.takenOf(after)).toEqual([...life, ...life]);
    await until(unsettled).toBe(0);
    expect(receiver.takenOf(before).length).toBe(4);
  });

  test('a webhook is told of what it asked for alone, from its registration on', async () => {
    const early = await book();
    const types = ['booking.cancelled'];
    const { body: picky } = await http.post<WebhookBody>('/webhooks', { url: receiver.url, types });
    await http.delete(`/webhooks/${webhook.id}`);
    const id = await wholeLife();
    await until(() => receiver.takenOf(id)).toContain('booking.cancelled');
    const { body } = await http.get<{ data: DeliveryBody[] }>(`/webhooks/${picky.id}/deliveries`);
    expect(body.data.map(({ type }) => type)).toEqual(['booking.cancelled']);
    expect(receiver.takenOf(early.id).filter((type) => type === 'booking.cancelled')).toEqual([]);
    expect((await http.get(`/webhooks/${webhook.id}`)).status).toBe(404);
    await http.delete(`/webhooks/${picky.id}`);
  });
});

test('addresses of private networks, and those that are no addresses, are refused', async () => {
  const database = await createTestDatabase();
  const config = readConfig({ DATABASE_URL: database.url, LANES: '1', PORT: '0' });
  const api = await startApi(config, pino({ level: 'silent' }));
  const http = new HttpClient(api.address);
  const refused = [
    'http://127.0.0.1/',
    'https://localhost/',
    'http://[::1]:80/',
    'http://169.254.169.254/',
  ];
  const wrong = ['ftp://example.org/', 'https://a:b@8.8.8.8/', 'https://', 'no url'];
  for (const url of [...refused, ...wrong]) {
    const { status, body } = await http.post('/webhooks', { url });
    expect(status, url).toBe(400);
    expect(body.errors?.[0]?.path, url).toBe('/url');
  }
  expect((await http.post('/webhooks', { url: 'https://8.8.8.8/hook' })).status).toBe(201);
  await api.stop();
  await database.drop();
});
