import { providedServers } from './provided.js';

/** A queue engine to test on; for `describe.each(engines)`. */
export type Engine =
  | { readonly name: 'postgres'; readonly redisUrl?: never }
  | { readonly name: 'redis'; readonly redisUrl: string };

const { redisUrl } = providedServers();

/** The engines that this run can test: both, or PostgreSQL alone when no Redis could be had. */
export const engines: readonly Engine[] = redisUrl
  ? [{ name: 'postgres' }, { name: 'redis', redisUrl }]
  : [{ name: 'postgres' }];
