import { resolve } from 'node:path';
import { envSchema } from 'env-schema';
import { type Static, Type } from 'typebox';

const Environment = Type.Object({
  DATABASE_URL: Type.Optional(Type.String({ minLength: 1 })),
  DATA_DIR: Type.String({ minLength: 1, default: '.data' }),
});

export interface AuditConfig {
  /** Without it, the embedded database in `dataDir` is audited. */
  readonly databaseUrl: string | undefined;
  /** An absolute path. */
  readonly dataDir: string;
}

/** The audit's configuration from its environment; throws and names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): AuditConfig {
  const env = envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: environment,
    env: false, // else the process's own environment is read as well
  });
  return { databaseUrl: env.DATABASE_URL, dataDir: resolve(env.DATA_DIR) };
}
