import { defaultIntakeBounds, type IntakeBounds, queueSettings } from '@stile/queue';
import { webhookAddressSettings } from '@stile/webhooks';
import { envSchema } from 'env-schema';
import { type Static, Type } from 'typebox';
import { type AccessConfig, accessFrom, accessSettings } from './access/settings.js';
import { originsIn } from './cors.js';
import { type HttpLimits, httpLimitsFrom, httpSettings } from './http-limits.js';
import { type RateConfig, rateConfigFrom, rateSettings } from './limits/settings.js';

/** Every variable that the api reads, with its default. */
export const Environment = Type.Object({
  ...queueSettings,
  ...webhookAddressSettings,
  ...accessSettings,
  ...httpSettings,
  ...rateSettings,
  CORS_ORIGINS: Type.Optional(Type.String()),
  QUEUES_READ_ONLY: Type.Boolean({ default: true }),
  TRUST_PROXY: Type.Optional(Type.String({ minLength: 1 })),
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  DRAIN_MS: Type.Integer({ minimum: 0, maximum: 600_000, default: 5_000 }),
  DATABASE_POOL_MAX: Type.Integer({ minimum: 2, default: 10 }),
  REQUESTS_PER_JOB_MAX: Type.Integer({
    minimum: 1,
    maximum: 5_000,
    default: defaultIntakeBounds.requestsPerJobMax,
  }),
  PENDING_REQUESTS_MAX: Type.Integer({
    minimum: 1,
    default: defaultIntakeBounds.pendingRequestsMax,
  }),
  BACKLOG_JOBS_MAX: Type.Integer({ minimum: 1, default: defaultIntakeBounds.backlogJobsMax }),
  STREAMS_MAX: Type.Integer({ minimum: 1, default: 10_000 }),
  BENCH_ROUTES: Type.Boolean({ default: false }),
  NODE_ENV: Type.Optional(Type.String()),
  LINGER_MS: Type.Integer({ minimum: 0, maximum: 100, default: defaultIntakeBounds.lingerMs }),
});

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly prefix: string;
  readonly laneCount: number;
  readonly logLevel: string;
  /** For people at a terminal, in place of JSON. */
  readonly logPretty: boolean;
  /** Webhooks may go to addresses of private networks. */
  readonly webhooksAllowPrivate: boolean;
  /** Where traces are sent, when they are. */
  readonly otlpEndpoint?: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Connections to PostgreSQL for everything but the queue. */
  readonly databasePoolMax: number;
  readonly bounds: IntakeBounds;
  readonly limits: HttpLimits;
  readonly rates: RateConfig;
  /** Proxies whose word on the client's address is taken: addresses and ranges. */
  readonly trustProxy: string | false;
  /** Sites whose pages may call from a browser. */
  readonly corsOrigins: readonly string[];
  /** Whether /queues only shows. */
  readonly queuesReadOnly: boolean;
  /** Milliseconds that load balancers have to see that it stops, before it refuses requests. */
  readonly drainMs: number;
  /** Streams of availability that are open at most. */
  readonly streamsMax: number;
  /** Serves /bench/validate-only too. */
  readonly benchRoutes: boolean;
  /** Who may call; undefined when everybody may do everything. */
  readonly access: AccessConfig | undefined;
  /** Serves POST /ops/demo-sale: wherever NODE_ENV does not say production. */
  readonly demoSale: boolean;
}

/** The api's configuration from its environment; throws and names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): ApiConfig {
  const env = envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: environment,
    env: false, // else the process's own environment is read as well
  });
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    prefix: env.QUEUE_PREFIX,
    laneCount: env.LANES,
    logLevel: env.LOG_LEVEL,
    webhooksAllowPrivate: env.WEBHOOK_ALLOW_PRIVATE,
    logPretty: env.NODE_ENV === 'development',
    ...(env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && {
      otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    host: env.HOST,
    port: env.PORT,
    databasePoolMax: env.DATABASE_POOL_MAX,
    streamsMax: env.STREAMS_MAX,
    benchRoutes: env.BENCH_ROUTES,
    limits: httpLimitsFrom(env),
    rates: rateConfigFrom(env),
    corsOrigins: originsIn(env.CORS_ORIGINS),
    queuesReadOnly: env.QUEUES_READ_ONLY,
    trustProxy: env.TRUST_PROXY ?? false,
    drainMs: env.DRAIN_MS,
    access: accessFrom(env),
    demoSale: env.NODE_ENV !== 'production',
    bounds: {
      requestsPerJobMax: env.REQUESTS_PER_JOB_MAX,
      pendingRequestsMax: env.PENDING_REQUESTS_MAX,
      backlogJobsMax: env.BACKLOG_JOBS_MAX,
      lingerMs: env.LINGER_MS,
    },
  };
}
