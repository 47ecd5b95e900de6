import {
  claimKeys,
  countDecided,
  countLanes,
  createDatabase,
  createPool,
  ensureLanes,
  nextProcessNumber,
  readAvailability,
} from '@stile/db';
import { OpenLanes, OutcomeListener, openEngine, QueuedBookings } from '@stile/queue';
import { startTracing, watchPools } from '@stile/telemetry';
import { AddressGuard } from '@stile/webhooks';
import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { openAccess } from './access/open-access.js';
import type { ServedRoute } from './access/use-access.js';
import { buildApp } from './app.js';
import { AvailabilityFeed } from './availability-feed.js';
import type { ApiConfig } from './config.js';
import { Connections } from './connections.js';
import { Intake } from './intake.js';
import { meterIntake } from './intake-metrics.js';
import { openRateLimits } from './limits/open-rate-limits.js';

/** A listening api process. */
export interface StileApi {
  /** Where it listens, such as http://127.0.0.1:3000 */
  readonly address: string;
  /** What it serves, and to whom. */
  readonly routes: readonly ServedRoute[];
  /** Clients that wait for an outcome now. */
  readonly waiting: number;
  /**
   * Ends the live streams, says in its health that it stops, and for `drainMs` answers every request
   * as ever, closing its connection behind the answer.
   */
  drain(drainMs: number): Promise<void>;
  /**
   * Takes no more requests, answers those it has and closes everything. Clients that wait for an
   * outcome are told at once that they are queued. Safe to call twice.
   */
  stop(): Promise<void>;
}

/** Milliseconds for the requests in hand when it stops; after that their connections are closed. */
const closeMsMax = 5_000;

/**
 * Opens what an api process needs, builds the app, with routes of the caller's own, and listens. Its
 * metrics go to the registry.
 */
export async function startApi(
  config: ApiConfig,
  logger: Logger,
  registry = new Registry(),
  moreRoutes?: FastifyPluginAsync,
): Promise<StileApi> {
  const { otlpEndpoint: endpoint } = config;
  const tracing = endpoint && (await startTracing({ endpoint, serviceName: 'stile-api' }));
  const onError = (err: Error) => logger.error({ err }, 'a connection failed');
  const pool = createPool({
    connectionString: config.databaseUrl,
    max: config.databasePoolMax,
    applicationName: 'stile-api',
    onError,
  });
  const db = createDatabase(pool);
  await ensureLanes(db, config.laneCount);
  const processNumber = await nextProcessNumber(db);
  const engine = await openEngine({ ...config, role: 'producer', onError });
  watchPools(registry, { api: pool, queue: engine.pool });
  const lanes = await OpenLanes.open({
    engine,
    countLanes: () => countLanes(db),
    countDecided: (lane) => countDecided(db, lane),
  });
  const { databaseUrl, bounds } = config;
  const outcomes = new OutcomeListener({ databaseUrl, pool, processNumber, onError });
  await outcomes.start();
  const intake = new Intake({
    processNumber,
    lanes,
    outcomes,
    bounds,
    meter: meterIntake(registry, lanes),
    claimKeys: (claims) => claimKeys(pool, claims),
  });

  const feed = new AvailabilityFeed({
    read: (eventIds) => readAvailability(db, eventIds),
    onError: (err) => logger.error({ err }, 'streams are not told of changes for now'),
  });
  const requestLimits = await openRateLimits({ ...config, db, onError });
  const access = openAccess(config.access, db, logger);
  const app = await buildApp({
    db,
    intake,
    feed,
    lanes,
    queued: new QueuedBookings(async (lane) => (await lanes.find(lane))?.queue),
    pingQueue: () => engine.ping(),
    isListening: () => outcomes.listening,
    isStopping: () => connections.isDraining,
    access,
    corsOrigins: config.corsOrigins,
    queuesReadOnly: config.queuesReadOnly,
    rates: requestLimits.options,
    trustProxy: config.trustProxy,
    streamsMax: config.streamsMax,
    processNumber,
    webhookGuard: new AddressGuard(config.webhooksAllowPrivate),
    ...(tracing && { tracing }),
    benchRoutes: config.benchRoutes,
    limits: config.limits,
    registry,
    moreRoutes,
    demoSale: config.demoSale,
    logger,
  });
  const connections: Connections = new Connections(app.server);
  const address = await app.listen({ host: config.host, port: config.port });

  let stopped: Promise<void> | undefined;
  return {
    address,
    routes: app.routesServed,
    get waiting() {
      return intake.waiting;
    },
    drain: async (drainMs) => {
      await feed.stop();
      await connections.drain(drainMs);
    },
    stop: () => {
      stopped ??= (async () => {
        intake.stopWaiting();
        await feed.stop();
        await connections.close(app.close(), closeMsMax);
        await intake.drain();
        await requestLimits.close();
        await access?.attempts.stop();
        await outcomes.stop();
        await lanes.close();
        await engine.close();
        await pool.end();
        if (tracing) await tracing.stop();
      })();
      return stopped;
    },
  };
}
