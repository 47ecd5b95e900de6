import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { type Static, type TObject, Type } from 'typebox';
import { waitSecondsMax } from './prefer.js';

/** What one client may cost, and for how long. */
export interface HttpLimits {
  /** Bytes of a request's body. A booking's may have 16 KiB, whatever this says. */
  readonly bodyBytesMax: number;
  /** Bytes of the address and the headers together. */
  readonly headerBytesMax: number;
  /** Milliseconds a client may take to send its headers. */
  readonly headersTimeoutMs: number;
  /** Milliseconds a client may take to send a whole request; not less than its headers have. */
  readonly requestTimeoutMs: number;
  /** Milliseconds a connection stays open between two requests. */
  readonly keepAliveTimeoutMs: number;
  /** Milliseconds without a byte in either direction after which a connection is ended. */
  readonly connectionTimeoutMs: number;
  /** Connections that are open at a time; more are closed as they come. */
  readonly connectionsMax: number;
}

/** The part of the api's environment that sets them. */
export const httpSettings = {
  BODY_BYTES_MAX: Type.Integer({ minimum: 16_384, maximum: 16_777_216, default: 262_144 }),
  HEADER_BYTES_MAX: Type.Integer({ minimum: 4_096, maximum: 1_048_576, default: 16_384 }),
  HEADERS_TIMEOUT_MS: Type.Integer({ minimum: 100, maximum: 600_000, default: 10_000 }),
  REQUEST_TIMEOUT_MS: Type.Integer({ minimum: 100, maximum: 600_000, default: 15_000 }),
  KEEP_ALIVE_TIMEOUT_MS: Type.Integer({ minimum: 1_000, maximum: 3_600_000, default: 72_000 }),
  // Nothing is sent while a client waits for its outcome.
  CONNECTION_TIMEOUT_MS: Type.Integer({
    minimum: (waitSecondsMax + 5) * 1_000,
    maximum: 3_600_000,
    default: 90_000,
  }),
  CONNECTIONS_MAX: Type.Integer({ minimum: 1, default: 20_000 }),
};

/** The limits that an environment sets; throws when they contradict each other. */
export function httpLimitsFrom(env: Static<TObject<typeof httpSettings>>): HttpLimits {
  if (env.HEADERS_TIMEOUT_MS > env.REQUEST_TIMEOUT_MS) {
    throw new Error('HEADERS_TIMEOUT_MS must not be more than REQUEST_TIMEOUT_MS');
  }
  return {
    bodyBytesMax: env.BODY_BYTES_MAX,
    headerBytesMax: env.HEADER_BYTES_MAX,
    headersTimeoutMs: env.HEADERS_TIMEOUT_MS,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT_MS,
    connectionTimeoutMs: env.CONNECTION_TIMEOUT_MS,
    connectionsMax: env.CONNECTIONS_MAX,
  };
}

/** Node looks for requests that take too long this often; by itself only every 30 s. */
const timeoutCheckMs = 1_000;

/** The options of Fastify that hold the limits, all but the one on connections. */
export const fastifyLimits = (limits: HttpLimits) =>
  ({
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionTimeout: limits.connectionTimeoutMs,
    http: {
      maxHeaderSize: limits.headerBytesMax,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: timeoutCheckMs,
    },
  }) satisfies FastifyServerOptions & { http: object };

/** Bounds the connections that are open at a time. */
export function boundConnections(app: FastifyInstance, { connectionsMax }: HttpLimits): void {
  app.server.maxConnections = connectionsMax;
}
