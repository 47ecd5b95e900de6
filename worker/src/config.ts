import { hostname } from 'node:os';
import { defaultTakeBounds, queueSettings, type TakeBounds } from '@stile/queue';
import { type WebhookConfig, webhookSettings } from '@stile/webhooks';
import { envSchema } from 'env-schema';
import { type Static, Type } from 'typebox';

/** Every variable that the worker reads, with its default. */
export const Environment = Type.Object({
  ...queueSettings,
  ...webhookSettings,
  JOBS_PER_TAKE_MAX: Type.Integer({ minimum: 1, default: defaultTakeBounds.jobsPerTakeMax }),
  TAKE_WAIT_MS: Type.Integer({
    minimum: 10,
    maximum: 5_000,
    default: defaultTakeBounds.takeWaitMs,
  }),
  OWNERSHIP_TICK_MS: Type.Integer({ minimum: 50, maximum: 2_000, default: 250 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  METRICS_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
});

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly prefix: string;
  readonly laneCount: number;
  readonly logLevel: string;
  /** For people at a terminal, in place of JSON. */
  readonly logPretty?: boolean;
  /** Where traces are sent, when they are. */
  readonly otlpEndpoint?: string;
  /** Names this worker in the table `lanes`. */
  readonly workerName: string;
  readonly bounds: TakeBounds;
  /** Milliseconds between looks at who owns which lane. */
  readonly ownershipTickMs: number;
  /** How webhooks are told; without it this worker never does. */
  readonly webhooks?: WebhookConfig;
  /** Where metrics and health are served, when they are; port 0 takes any that is free. */
  readonly listen?: { readonly host: string; readonly port: number };
}

/** The worker's configuration from its environment; throws and names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): WorkerConfig {
  const env = envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: environment,
    env: false,
  });
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    prefix: env.QUEUE_PREFIX,
    laneCount: env.LANES,
    logLevel: env.LOG_LEVEL,
    logPretty: env.NODE_ENV === 'development',
    ...(env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && {
      otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    workerName: `${hostname()}:${process.pid}`,
    bounds: { jobsPerTakeMax: env.JOBS_PER_TAKE_MAX, takeWaitMs: env.TAKE_WAIT_MS },
    ownershipTickMs: env.OWNERSHIP_TICK_MS,
    webhooks: {
      allowPrivate: env.WEBHOOK_ALLOW_PRIVATE,
      timeoutMs: env.WEBHOOK_TIMEOUT_MS,
      retryMs: env.WEBHOOK_RETRY_MS,
      disableAfterMs: env.WEBHOOK_DISABLE_AFTER_HOURS * 3_600_000,
      logDays: env.WEBHOOK_LOG_DAYS,
    },
    ...(env.METRICS_PORT !== undefined && {
      listen: { host: env.HOST, port: env.METRICS_PORT },
    }),
  };
}
