import { randomUUID } from 'node:crypto';
import { bearerToken } from '../bearer-token.js';
import type { BenchConfig } from '../config.js';
import { UsageError } from '../integer-option.js';
import { type OwnStack, startOwnStack } from '../own-stack.js';
import type { Comparison } from './options.js';

/** A route of a server that we started, and how to call it. */
export interface Contender {
  readonly label: string;
  readonly stack: OwnStack;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is measured, and what it is divided by. */
export type Pair = readonly [subject: Contender, base: Contender];

/** Both contenders get the same body and the same query. */
const paths = { book: '/bookings?wait=10', validate: '/bench/validate-only?wait=10' } as const;

/** High enough to be counted against and never reached. */
const never = '10000000';
const limits = {
  ...{ LIMIT_PER_CALLER: never, LIMIT_PER_ADDRESS: never },
  ...{ WAITS_PER_CALLER_MAX: never, WAITS_PER_ADDRESS_MAX: never },
};
const hourSeconds = 3_600;

/** Starts what is to be compared; throws a UsageError when it can't be with this configuration. */
export async function startContenders(
  compare: Comparison,
  config: BenchConfig,
  say: (message: string) => void,
): Promise<Pair> {
  if (compare === 'validate') {
    const stack = await startOwnStack(config, say, { BENCH_ROUTES: 'true' });
    const both = { stack, headers: {} };
    return [
      { ...both, label: 'book and wait', path: paths.book },
      { ...both, label: 'validate only', path: paths.validate },
    ];
  }
  if (config.databaseUrl !== undefined || config.dataDir !== undefined) {
    throw new UsageError('guarded starts two servers: unset DATABASE_URL and DATA_DIR');
  }
  const secret = randomUUID();
  const claims = { subject: 'bench', scope: 'operate book', seconds: hourSeconds };
  const authorization = `Bearer ${await bearerToken(secret, claims)}`;
  const open = await startOwnStack(config, say);
  const guarded = await startOwnStack(config, say, { JWT_SECRET: secret, ...limits }).catch(
    async (error: Error) => {
      await open.stop();
      throw error;
    },
  );
  return [
    { label: 'guarded', stack: guarded, path: paths.book, headers: { authorization } },
    { label: 'open', stack: open, path: paths.book, headers: {} },
  ];
}
