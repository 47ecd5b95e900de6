import type { Database } from '@stile/db';
import { connectRedis } from '@stile/queue';
import { RateLimiter } from './rate-limiter.js';
import type { RateConfig } from './settings.js';
import { countsInPostgres, countsInRedis } from './shared-counts.js';
import type { LimitOptions } from './use-limits.js';

export interface RateLimitDependencies {
  readonly rates: RateConfig;
  readonly redisUrl: string | undefined;
  /** Starts every Redis key. */
  readonly prefix: string;
  readonly db: Database;
  readonly onError: (error: Error) => void;
}

export interface OpenRateLimits {
  readonly options: LimitOptions;
  close(): Promise<void>;
}

/** Opens the limiters that are configured, which count in Redis when there is one. */
export async function openRateLimits(deps: RateLimitDependencies): Promise<OpenRateLimits> {
  const { rates, db, prefix, onError } = deps;
  const { requests, windowSeconds } = rates;
  const isLimited = requests.caller !== undefined || requests.address !== undefined;
  const redis =
    isLimited && deps.redisUrl !== undefined
      ? await connectRedis(deps.redisUrl, true, onError)
      : undefined;
  const limiterOf = (name: 'caller' | 'address'): RateLimiter | undefined => {
    const limit = requests[name];
    if (limit === undefined) return undefined;
    const shared =
      redis === undefined
        ? countsInPostgres(db, name, windowSeconds)
        : countsInRedis(redis, `${prefix}:limits:${name}`, windowSeconds);
    return new RateLimiter({ limit, windowSeconds, shared, onError });
  };
  const limiters = { caller: limiterOf('caller'), address: limiterOf('address') };
  return {
    options: { limiters, config: rates },
    close: async () => {
      await Promise.all(Object.values(limiters).map((limiter) => limiter?.stop()));
      redis?.disconnect();
    },
  };
}
