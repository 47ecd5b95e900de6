import { createDatabase, createPool, ensureLanes, nextProcessNumber, takeLane } from '@stile/db';
import { openEngine, within } from '@stile/queue';
import { startTracing, watchPools } from '@stile/telemetry';
import { WebhookDispatcher } from '@stile/webhooks';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import type { WorkerConfig } from './config.js';
import { DecisionMetrics } from './decision-metrics.js';
import { decisionTrail } from './decision-trail.js';
import { keepKeys } from './key-keeper.js';
import { LaneLoop } from './lane-loop.js';
import { LaneMetrics } from './lane-metrics.js';
import { LaneOwner } from './lane-owner.js';
import { QueueWatch } from './queue-watch.js';
import { serveHealth } from './serve-health.js';
import { WebhookMetrics } from './webhook-metrics.js';

/** A running worker. */
export interface StileWorker {
  /** The lanes it owns now. */
  readonly lanes: readonly number[];
  /** Where its metrics and its health are served, such as http://127.0.0.1:9464, if anywhere. */
  readonly metricsAddress: string | undefined;
  /** Finishes what is in hand, lets go of the lanes and closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Longer than a decision of an owner that is frozen may hold up its successor, and what bounds the
 * taking of a lane when the server no longer answers.
 */
const queryTimeoutMs = 5_000;

/** Whoever owns this lane tells webhooks: every cluster has it, and one owner of it. */
const dispatcherLane = 0;
/** Shorter than the owner's session may be idle, as with lanes. */
const dispatcherStopMsMax = 2_000;

/** Resolves when this has ended or has taken too long; one that throws has ended. */
const endsSoon = (ending: Promise<void>): Promise<void> =>
  within(ending, dispatcherStopMsMax, 'stopping webhooks').catch(() => undefined);

/**
 * Starts a worker: it owns its share of the lanes and works them off, one loop for each. Its
 * metrics go to the registry.
 */
export async function startWorker(
  config: WorkerConfig,
  logger: Logger,
  registry = new Registry(),
): Promise<StileWorker> {
  const { otlpEndpoint: endpoint } = config;
  const tracing = endpoint && (await startTracing({ endpoint, serviceName: 'stile-worker' }));
  const onError = (err: Error) => logger.error({ err }, 'a connection failed');
  const pool = createPool({
    connectionString: config.databaseUrl,
    max: 4,
    applicationName: 'stile-worker',
    queryTimeoutMs,
    onError,
  });
  const db = createDatabase(pool);
  await ensureLanes(db, config.laneCount);
  const processNumber = await nextProcessNumber(db);
  const engine = await openEngine({ ...config, role: 'consumer', onError });
  const loops = new Map<number, LaneLoop>();
  let dispatcher: WebhookDispatcher | undefined;
  watchPools(registry, { worker: pool, queue: engine.pool });
  const decisions = new DecisionMetrics(registry);
  const webhookMetrics = new WebhookMetrics(registry);
  const laneMetrics = new LaneMetrics(registry, () => owner.lanes.length);

  const queueWatch = new QueueWatch(engine, (isReachable) => {
    if (isReachable) logger.info('the queue can be reached again');
    else logger.warn('the queue can not be reached from here: the lanes are for other workers');
  });
  const owner: LaneOwner = new LaneOwner({
    databaseUrl: config.databaseUrl,
    tickMs: config.ownershipTickMs,
    onError,
    canWork: () => queueWatch.isReachable,
    onTaken: async (lane, session) => {
      const epoch = await takeLane(createDatabase(session), lane, config.workerName);
      logger.info({ lane, epoch }, 'took a lane');
      const { databaseUrl, bounds } = config;
      const trail = decisionTrail({ lane, logger, ...(tracing && { tracing }) });
      const loop: LaneLoop = new LaneLoop({
        lane,
        epoch,
        databaseUrl,
        db,
        processNumber,
        engine,
        bounds,
        logger,
        onCommitted: (batch) => {
          decisions.committed(batch);
          trail?.(batch);
        },
        onTrouble: (cause) => {
          laneMetrics.trouble(cause);
          // The loop ends; were the lane still ours, nobody would work on it.
          if (cause === 'fenced' && loops.get(lane) === loop) owner.giveUp(lane);
        },
      });
      loops.set(lane, loop);
      loop.start();
      const { webhooks } = config;
      if (lane === dispatcherLane && webhooks !== undefined) {
        dispatcher = new WebhookDispatcher({
          ...{ databaseUrl, engine, config: webhooks, logger },
          onAttempt: (result, decidedAt) => webhookMetrics.attempted(result, decidedAt),
        });
        dispatcher.start();
      }
    },
    onRelease: async (lane) => {
      const stopping = lane === dispatcherLane ? dispatcher?.stop() : undefined;
      await Promise.all([loops.get(lane)?.stop(), stopping && endsSoon(stopping)]);
      loops.delete(lane);
      logger.info({ lane }, 'let go of a lane');
    },
  });
  const health = await serveHealth({ config, registry, pool, engine, owner });
  await owner.start();
  // On PostgreSQL the session that owns lanes is lost with the queue.
  if (engine.name === 'redis') queueWatch.start();
  const stopKeepingKeys = keepKeys(db, logger);

  let stopped: Promise<void> | undefined;
  return {
    get lanes() {
      return owner.lanes;
    },
    metricsAddress: health?.address,
    stop: () => {
      stopped ??= (async () => {
        queueWatch.stop();
        await owner.stop();
        await stopKeepingKeys();
        await health?.stop();
        await engine.close();
        await pool.end();
        if (tracing) await tracing.stop();
      })();
      return stopped;
    },
  };
}
