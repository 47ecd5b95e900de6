import type { Origin } from '@stile/queue';
import type { RequestSpan } from '@stile/telemetry';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Only where requests are traced. */
    span?: RequestSpan;
  }
}

/** What a command says of the request that it came with. */
export const originOf = ({ id, span }: FastifyRequest): Origin =>
  span?.traceparent === undefined
    ? { requestId: id }
    : { requestId: id, traceparent: span.traceparent };
