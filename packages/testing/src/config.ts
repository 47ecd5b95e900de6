/** Where the tests' servers come from. */
export const kinds = ['given', 'containers', 'embedded'] as const;
export type ServerKind = (typeof kinds)[number];

/** What the environment asks of a test run. Only this file reads it. */
export interface TestConfig {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Forces one kind, and fails when it can't be had. */
  readonly kind: ServerKind | undefined;
  /** A run that leaves tests out fails. */
  readonly mustRunAll: boolean;
}

/** @throws when `TEST_SERVERS` names no kind. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): TestConfig {
  const kind = kinds.find((name) => name === env.TEST_SERVERS);
  if (env.TEST_SERVERS && !kind) {
    throw new Error(`TEST_SERVERS is ${kinds.join(', ')} or unset, not "${env.TEST_SERVERS}".`);
  }
  return {
    databaseUrl: env.TEST_DATABASE_URL || undefined,
    redisUrl: env.TEST_REDIS_URL || undefined,
    kind,
    mustRunAll: env.CI === 'true',
  };
}

/**
 * Suites that start servers of their own or ask nothing that depends on them. A run that asks for
 * containers by name leaves them out: `.ci/run` has them in its first pass.
 */
export const suitesLeftOut = (env: NodeJS.ProcessEnv = process.env): readonly string[] =>
  env.TEST_SERVERS === 'containers'
    ? [
        'packages/{bench,browser,contract,embedded}/**',
        'packages/chaos/src/{checker/**,rolling*,run-overload*}',
        'api/src/{access/**,limits/**,bad-*,documents*,fuzz*,http-limits*,model*,round-trips*,webhooks*}',
        'api/src/{added-lanes,api-stops,connections-used,metrics,one-key,parallel-buyers,position,redis-cluster,trail}*',
        'api/src/routes/{bookings-without-worker,event-changes,event-stream,limits,seats}*',
        'api/src/routes/ops/**',
        'worker/src/{batch-under-way,decide-twice,lane-owner,queue-watch,worker-cut-off,worker-frozen}*',
      ]
    : [];
