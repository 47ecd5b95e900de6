import { resolve } from 'node:path';
import { queueSettings } from '@stile/queue';
import { envSchema } from 'env-schema';
import { type Static, Type } from 'typebox';

const Environment = Type.Object({
  DATABASE_URL: Type.Optional(Type.String({ minLength: 1 })),
  REDIS_URL: queueSettings.REDIS_URL,
  LANES: queueSettings.LANES,
  DATA_DIR: Type.Optional(Type.String({ minLength: 1 })),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
});

export interface BenchConfig {
  /** The server's database, or that of the server we start. */
  readonly databaseUrl: string | undefined;
  /** Carries the lanes of a server that we start. */
  readonly redisUrl: string | undefined;
  readonly laneCount: number;
  /** An absolute path; without one a server that we start keeps nothing. */
  readonly dataDir: string | undefined;
  /** Where a running server is looked for. */
  readonly port: number;
  /** What else a server that we start sees. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The configuration of the load commands; throws and names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): BenchConfig {
  const env = envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: environment,
    env: false,
  });
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    laneCount: env.LANES,
    dataDir: env.DATA_DIR === undefined ? undefined : resolve(env.DATA_DIR),
    port: env.PORT,
    environment,
  };
}
