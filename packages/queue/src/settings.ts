import { laneMax } from '@stile/core';
import { Type } from 'typebox';

/** The environment that api and worker share. The names are also those of docs and compose file. */
export const queueSettings = {
  /** PostgreSQL 15 or newer. */
  DATABASE_URL: Type.String({ minLength: 1 }),
  /**
   * Redis 7 or newer carries the lanes; without it PostgreSQL does. One server, or nodes of a
   * Redis Cluster with commas between them.
   */
  REDIS_URL: Type.Optional(Type.String({ minLength: 1 })),
  /** Starts every Redis key. */
  QUEUE_PREFIX: Type.String({ minLength: 1, default: 'stile' }),
  /** Lanes there should be at least; they are only ever added. */
  LANES: Type.Integer({ minimum: 1, maximum: laneMax + 1, default: 4 }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  /** `development` makes the log readable for people, where pino-pretty is installed. */
  NODE_ENV: Type.Optional(Type.String()),
  /** Where traces are sent: an OTLP collector's address for HTTP. Without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(Type.String({ pattern: '^https?://' })),
};
