import { createDatabase, createPool } from '@stile/db';
import { readConfig } from '../config.js';
import { parseApiKeysCommand, UsageError } from './options.js';
import { runApiKeysCommand } from './run.js';

/** Loaded only when it is needed: the container's image has no embedded PostgreSQL. */
async function runningDatabase(dataDir: string): Promise<string> {
  const { findEmbeddedPostgres } = await import('@stile/embedded');
  const url = await findEmbeddedPostgres(dataDir);
  if (url !== undefined) return url;
  throw new Error(`no database runs in ${dataDir}: start one with npm start, or set DATABASE_URL`);
}

async function main(): Promise<void> {
  const command = parseApiKeysCommand(process.argv.slice(2));
  const config = readConfig();
  const connectionString =
    command.kind === 'help' ? '' : (config.databaseUrl ?? (await runningDatabase(config.dataDir)));
  const pool = createPool({
    connectionString,
    max: 1,
    applicationName: 'stile-api-keys',
    onError: (error) => {
      throw error;
    },
  });
  try {
    console.log(await runApiKeysCommand(createDatabase(pool), command));
  } finally {
    await pool.end();
  }
}

main().catch((error: Error) => {
  const usage = error instanceof UsageError;
  console.error(`stile: ${error.message}${usage ? '\nSee npm run api-keys -- --help' : ''}`);
  process.exitCode = usage ? 2 : 1;
});
