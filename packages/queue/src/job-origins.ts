import { jobIdParts } from '@stile/core';
import { type Static, Type } from 'typebox';
import { requestIdOf, requestNumberOf } from './request-id.js';

/** The request that a command came with. */
export interface Origin {
  readonly requestId: string;
  /** W3C's `traceparent`, when the request is traced. */
  readonly traceparent?: string | undefined;
}

const Traceparent = Type.String({ pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-01$' });

/**
 * What a job says of the requests that its commands came with, null for a command without one.
 * Numbers of requests are given as the difference from the one before: those of a rush are
 * neighbours, so that most cost two or three bytes.
 */
export const JobOrigins = {
  requests: Type.Optional(Type.Array(Type.Union([Type.Integer(), Type.Null()]))),
  /** The place in the job of each command that is traced, and the span it belongs to. */
  traces: Type.Optional(Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Traceparent]))),
};
const Origins = Type.Object(JobOrigins);
export type EncodedOrigins = Static<typeof Origins>;

/** What a job says of these, one for each of its commands; nothing when there is nothing to say. */
export function encodeOrigins(origins: readonly (Origin | undefined)[]): EncodedOrigins {
  const requests: (number | null)[] = [];
  const traces: [number, string][] = [];
  let before = 0;
  for (const [index, origin] of origins.entries()) {
    if (origin === undefined) {
      requests.push(null);
      continue;
    }
    const number = requestNumberOf(origin.requestId);
    requests.push(number - before);
    before = number;
    if (origin.traceparent !== undefined) traces.push([index, origin.traceparent]);
  }
  return {
    ...(requests.some((difference) => difference !== null) && { requests }),
    ...(traces.length > 0 && { traces }),
  };
}

/** The ids of the requests that a job's commands came with, in their order. */
export function requestIdsOf(
  jobId: string,
  { requests = [] }: EncodedOrigins,
): (string | undefined)[] {
  const { processNumber } = jobIdParts(jobId);
  let number = 0;
  return requests.map((difference) => {
    if (difference === null) return undefined;
    number += difference;
    return requestIdOf(processNumber, number);
  });
}
