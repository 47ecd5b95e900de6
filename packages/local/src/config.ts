import { resolve } from 'node:path';
import { envSchema } from 'env-schema';
import { type Static, Type } from 'typebox';

/** What `npm start` reads itself. */
export const Environment = Type.Object({
  DATABASE_URL: Type.Optional(Type.String({ minLength: 1 })),
  DATABASE_APP_ROLE: Type.Optional(Type.String({ minLength: 1 })),
  DATABASE_APP_PASSWORD: Type.Optional(Type.String({ minLength: 1 })),
  REDIS_URL: Type.Optional(Type.String({ minLength: 1 })),
  DATA_DIR: Type.String({ minLength: 1, default: '.data' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  LOG_LEVEL: Type.String({ default: 'warn' }),
  METRICS_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 0 }),
});

export interface LocalConfig {
  /** A server of yours; without it an embedded one is started. */
  readonly databaseUrl: string | undefined;
  /** Who may do what api and worker do, and no more; granted by the migration. */
  readonly appRole: string | undefined;
  /** Its password, when the migration has to make it. */
  readonly appPassword: string | undefined;
  readonly redisUrl: string | undefined;
  /** Where the embedded PostgreSQL keeps its data: an absolute path. */
  readonly dataDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: string;
  /** Where the worker serves its metrics; 0 takes any free port. */
  readonly metricsPort: number;
  /** What else the children see. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The configuration of `npm start`; throws and names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): LocalConfig {
  const env = envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: environment,
    env: false,
  });
  return {
    databaseUrl: env.DATABASE_URL,
    appRole: env.DATABASE_APP_ROLE,
    appPassword: env.DATABASE_APP_PASSWORD,
    redisUrl: env.REDIS_URL,
    dataDir: resolve(env.DATA_DIR),
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    metricsPort: env.METRICS_PORT,
    environment,
  };
}
