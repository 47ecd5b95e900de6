import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Database } from '@stile/db';
import { type OpenLanes, type QueuedBookings, requestIdOf } from '@stile/queue';
import type { Tracing } from '@stile/telemetry';
import type { AddressGuard } from '@stile/webhooks';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { OpenAccess } from './access/open-access.js';
import { collectRoutes, useAccess, useOpenAccess } from './access/use-access.js';
import { answerWithProblem } from './answer-with-problem.js';
import type { AvailabilityFeed } from './availability-feed.js';
import { watchBacklog } from './backlog-metrics.js';
import { useBullBoard } from './bull-board.js';
import { answerClientError } from './client-errors.js';
import { useCors } from './cors.js';
import { boundConnections, fastifyLimits, type HttpLimits } from './http-limits.js';
import { useHttpMetrics } from './http-metrics.js';
import { IdempotentReplay } from './idempotent-replay.js';
import type { Intake } from './intake.js';
import { type LimitOptions, useAddressLimits, useCallerLimits } from './limits/use-limits.js';
import { openapiOptions } from './openapi-options.js';
import { ActivityLog, activitySource } from './ops/activity.js';
import { usePagePolicy } from './page-policy.js';
import { ProblemError } from './problems.js';
import { requestLogger } from './request-logger.js';
import { useRequestSpans } from './request-spans.js';
import { benchRoutes } from './routes/bench.js';
import { bookRoutes } from './routes/book.js';
import { bookingCommandRoutes } from './routes/booking-commands.js';
import { bookingRoutes } from './routes/bookings.js';
import { eventChangeRoutes } from './routes/event-changes.js';
import { eventStatsRoutes } from './routes/event-stats.js';
import { eventStreamRoutes } from './routes/event-stream.js';
import { eventRoutes } from './routes/events.js';
import { type HealthRoutesOptions, healthRoutes } from './routes/health.js';
import { loginRoutes } from './routes/login.js';
import { metricsRoutes } from './routes/metrics.js';
import { opsRoutes } from './routes/ops/index.js';
import { usePages } from './routes/pages.js';
import { problemRoutes } from './routes/problems.js';
import { seatMapRoutes } from './routes/seat-map.js';
import { sectionRoutes } from './routes/sections.js';
import { userRoutes } from './routes/users.js';
import { webhookDeliveryRoutes } from './routes/webhook-deliveries.js';
import { webhookRoutes } from './routes/webhooks.js';
import { SectionDirectory } from './section-directory.js';
import { UserDirectory } from './user-directory.js';
import { useValidators } from './validators.js';

/** What the app works with; all of it opened and closed by the caller. */
export interface AppDependencies extends Omit<HealthRoutesOptions, 'db'> {
  readonly db: Database;
  readonly intake: Intake;
  readonly lanes: OpenLanes;
  readonly queued: QueuedBookings;
  readonly limits: HttpLimits;
  readonly rates: LimitOptions;
  readonly trustProxy: string | false;
  /** Who may call; undefined when everybody may do everything. */
  readonly access: OpenAccess | undefined;
  /** Sites whose pages may call from a browser. */
  readonly corsOrigins: readonly string[];
  /** Whether /queues only shows. */
  readonly queuesReadOnly: boolean;
  /** Tells the streams of availability. */
  readonly feed: AvailabilityFeed;
  /** Streams of availability that are open at most. */
  readonly streamsMax: number;
  /** The api process's own: starts every request id. */
  readonly processNumber: number;
  /** Serves the routes that only the benchmark calls. */
  readonly benchRoutes: boolean;
  /** What GET /metrics shows; the app adds its own. */
  readonly registry: Registry;
  /** Served beside our own: the benchmark's peers, on the same server under the same conditions. */
  readonly moreRoutes?: FastifyPluginAsync | undefined;
  /** Which addresses webhooks may have. */
  readonly webhookGuard: AddressGuard;
  /** Given when requests are traced. */
  readonly tracing?: Tracing;
  /** Serves the operators' button that runs a sale. */
  readonly demoSale: boolean;
  readonly logger: Logger;
}

/** Builds the HTTP app: routes, validation, problems, documents. Never listens. */
export async function buildApp(deps: AppDependencies): Promise<FastifyInstance> {
  const { db, intake, lanes, queued, registry, logger } = deps;
  let requests = 0;
  const nextRequestId = () => requestIdOf(deps.processNumber, requests++);
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    trustProxy: deps.trustProxy,
    ...fastifyLimits(deps.limits),
    // A request on a connection that is still open is answered as ever; see connections.ts.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100 },
    genReqId: nextRequestId,
    childLoggerFactory: requestLogger,
    // Faults that come before any route: an address that can't be decoded, bytes that aren't HTTP.
    frameworkErrors: (error, request, reply) =>
      answerWithProblem(error, request as FastifyRequest, reply as unknown as FastifyReply),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, nextRequestId()),
  }) as unknown as FastifyInstance;
  boundConnections(app, deps.limits);
  useValidators(app);
  useProblems(app);
  useHttpMetrics(app, registry);
  if (deps.tracing !== undefined) useRequestSpans(app, deps.tracing);
  collectRoutes(app);
  await usePagePolicy(app);
  await useCors(app, deps.corsOrigins);
  useAddressLimits(app, deps.rates);
  if (deps.access === undefined) useOpenAccess(app);
  else useAccess(app, deps.access);
  useCallerLimits(app, deps.rates);
  if (logger.isLevelEnabled('debug')) useRequestLog(app);

  await app.register(swagger, openapiOptions);
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });
    await docs.register(swaggerUi, { routePrefix: '/docs' });
  });
  await app.register(eventRoutes, { db, lanes });
  await app.register(eventStatsRoutes, { db });
  await app.register(eventStreamRoutes, { feed: deps.feed, streamsMax: deps.streamsMax });
  const sections = new SectionDirectory(db);
  await app.register(eventChangeRoutes, { db, intake, sections });
  await app.register(sectionRoutes, { db, intake, sections });
  await app.register(seatMapRoutes, { db });
  await app.register(userRoutes, { db });
  await app.register(webhookRoutes, { db, guard: deps.webhookGuard });
  await app.register(webhookDeliveryRoutes, { db });
  const users = new UserDirectory(db);
  const replay = new IdempotentReplay({ db, queued, intake });
  await app.register(bookRoutes, { intake, sections, users, replay });
  await app.register(bookingRoutes, { db, sections, queued, lanes });
  await app.register(bookingCommandRoutes, { db, intake, queued });
  await app.register(healthRoutes, deps);
  await app.register(metricsRoutes, { registry, refresh: watchBacklog(registry, deps) });
  await app.register(problemRoutes);
  if (deps.benchRoutes) await app.register(benchRoutes);
  if (deps.moreRoutes) await app.register(deps.moreRoutes);
  const openToAll = { schema: { hide: true }, config: { access: 'public' } } as const;
  app.get('/openapi.json', openToAll, async () => app.swagger());
  await usePages(app);
  if (deps.access !== undefined) {
    await app.register(cookie, { hook: false });
    await app.register(loginRoutes, deps.access);
  }
  await app.register(opsRoutes, {
    ...{ db, intake, lanes, sections, queued },
    activity: new ActivityLog(activitySource(db)),
    demoSale: deps.demoSale,
  });
  await useBullBoard(app, lanes, deps.queuesReadOnly);
  return app;
}

function useProblems(app: FastifyInstance): void {
  // Fastify's own parser of plain text would let it through as a body that is a string.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler<FastifyError>(answerWithProblem);
  app.setNotFoundHandler(({ method, url }) => {
    throw new ProblemError('not-found', { detail: `${method} ${url} is not a route; see /docs.` });
  });
}

function useRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ log, method, url }, { statusCode, elapsedTime }) => {
    log.debug({ method, url, statusCode, ms: elapsedTime }, 'answered');
  });
}
