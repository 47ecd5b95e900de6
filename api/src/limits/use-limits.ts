import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  for (const subject of ['caller', 'address'] as const) {
    useConcurrency(app, subject, 'requests that wait', config.waits[subject], waits);
    useConcurrency(app, subject, 'streams', config.streams[subject], isStream);
  }
}

function useRateLimit(
  app: FastifyInstance,
  subject: Subject,
  limiter: RateLimiter | undefined,
): void {
  if (limiter === undefined) return;
  const { limit, windowSeconds } = limiter;
  const policy = `${limit};w=${windowSeconds};comment="${subject}"`;
  app.addHook('onRequest', (request, reply, done) => {
    const name = subjectOf[subject](request);
    if (name === undefined || request.routeOptions.config.unlimited) return done();
    const standing = limiter.take(name);
    tell(reply, standing, limit, policy);
    if (standing.allowed) return done();
    // Answered here and not thrown: a plugin's own error handler would make a 500 of it.
    answerWithProblem(tooMany(subject, limiter, standing), request, reply);
  });
}

const remainingHeader = 'ratelimit-remaining';

/** Of two limits the client is told the one that it is nearer to. */
function tell(reply: FastifyReply, standing: Standing, limit: number, policy: string): void {
  const before = reply.getHeader(remainingHeader);
  if (before !== undefined && Number(before) <= standing.remaining) return;
  reply
    .header('ratelimit-policy', policy)
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

const isStream = ({ routeOptions: { config } }: FastifyRequest): boolean =>
  config.holds === 'stream';

function useConcurrency(
  app: FastifyInstance,
  subject: Subject,
  what: string,
  max: number | undefined,
  concerns: (request: FastifyRequest) => boolean,
): void {
  if (max === undefined) return;
  const concurrency = new Concurrency(what, max);
  app.addHook('preHandler', (request, reply, done) => {
    const name = concerns(request) ? subjectOf[subject](request) : undefined;
    if (name === undefined) return done();
    try {
      // The answer is over when its connection has it all, or is gone.
      reply.raw.once('close', concurrency.enter(name));
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}
