import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
import { answerWithProblem } from '../answer-with-problem.js';
import { preferredWaitSeconds, prefersAsync } from '../prefer.js';
import { ProblemError } from '../problems.js';
import { addressKey } from './address-key.js';
import { Concurrency } from './concurrency.js';
import type { RateLimiter, Standing } from './rate-limiter.js';
import type { RateConfig } from './settings.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Never limited: those who watch over the server must get through. */
    unlimited?: boolean;
    /** Holds a connection open: until the outcome when asked to, unless told not to, or for long. */
    holds?: 'wait-if-asked' | 'wait-unless-async' | 'stream';
  }
}

type Subject = 'caller' | 'address';

export interface LimitOptions {
  readonly limiters: Readonly<Record<Subject, RateLimiter | undefined>>;
  readonly config: RateConfig;
}

const subjectOf: Readonly<Record<Subject, (request: FastifyRequest) => string | undefined>> = {
  caller: ({ caller }) => caller.id,
  address: ({ ip }) => addressKey(ip),
};

/** Limits what comes from one address. Register before callers are told apart: that costs more. */
export const useAddressLimits = (app: FastifyInstance, options: LimitOptions): void =>
  useRateLimit(app, 'address', options.limiters.address);

/** Limits what one caller asks for, and what callers and addresses hold open. Register after. */
export function useCallerLimits(app: FastifyInstance, { limiters, config }: LimitOptions): void {
  useRateLimit(app, 'caller', limiters.caller);
  useConcurrency(app, config);
}

function useRateLimit(
  app: FastifyInstance,
  subject: Subject,
  limiter: RateLimiter | undefined,
): void {
  if (limiter === undefined) return;
  const { limit } = limiter;
  app.addHook('onRequest', (request, reply, done) => {
    const name = subjectOf[subject](request);
    if (name === undefined || request.routeOptions.config.unlimited) return done();
    const standing = limiter.take(name);
    tell(reply, standing, limit);
    if (standing.allowed) return done();
    // Answered here and not thrown: a plugin's own error handler would make a 500 of it.
    answerWithProblem(tooMany(subject, limiter, standing), request, reply);
  });
}

const remainingHeader = 'ratelimit-remaining';

/** Of two limits the client is told the one that it is nearer to. */
function tell(reply: FastifyReply, standing: Standing, limit: number): void {
  const before = reply.getHeader(remainingHeader) as number | undefined;
  if (before !== undefined && before <= standing.remaining) return;
  reply
    .header('ratelimit-limit', limit)
    .header(remainingHeader, standing.remaining)
    .header('ratelimit-reset', standing.resetSeconds);
}

const tooMany = (
  subject: Subject,
  { limit, windowSeconds }: RateLimiter,
  { resetSeconds }: Standing,
): ProblemError =>
  new ProblemError('rate-limited', {
    detail: `More than ${limit} requests in ${windowSeconds} s by this ${subject}.`,
    retryAfterSeconds: resetSeconds,
  });

const waits = ({ routeOptions: { config }, headers, query }: FastifyRequest): boolean => {
  if (config.holds === 'wait-unless-async') return !prefersAsync(headers.prefer);
  if (config.holds !== 'wait-if-asked') return false;
  const { wait } = query as { readonly wait?: unknown };
  return Number(preferredWaitSeconds(headers.prefer) ?? wait ?? 0) > 0;
};

interface Bound {
  readonly subject: Subject;
  readonly concurrency: Concurrency;
}

const boundsOf = (what: string, max: RateConfig['waits']): Bound[] =>
  (['caller', 'address'] as const).flatMap((subject) => {
    const most = max[subject];
    return most === undefined ? [] : [{ subject, concurrency: new Concurrency(what, most) }];
  });

/** Bounds what is held open, on the routes that hold something open: the others pay nothing. */
function useConcurrency(app: FastifyInstance, config: RateConfig): void {
  const ofWaits = boundsOf('requests that wait', config.waits);
  const ofStreams = boundsOf('streams', config.streams);
  app.addHook('onRoute', (route) => {
    const isStream = route.config?.holds === 'stream';
    const bounds = isStream ? ofStreams : ofWaits;
    if (route.config?.holds === undefined || bounds.length === 0) return;
    const enter: preHandlerHookHandler = (request, reply, done) => {
      if (isStream || waits(request)) enterAll(bounds, request, reply);
      done();
    };
    route.preHandler = [enter, ...[route.preHandler ?? []].flat()];
  });
}

/** Counts the request under its caller and its address; throws a 429 when it is one too many. */
function enterAll(bounds: readonly Bound[], request: FastifyRequest, reply: FastifyReply): void {
  const leave: (() => void)[] = [];
  const leaveAll = () => {
    for (const leaveOne of leave) leaveOne();
  };
  try {
    for (const { subject, concurrency } of bounds) {
      const name = subjectOf[subject](request);
      if (name !== undefined) leave.push(concurrency.enter(name));
    }
  } catch (error) {
    leaveAll();
    throw error;
  }
  // The answer is over when its connection has it all, or is gone.
  if (leave.length > 0) reply.raw.once('close', leaveAll);
}
