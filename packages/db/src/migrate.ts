import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Any number that nothing else in this database locks: "stile" in ASCII, cut to 32 bits. */
const migrationLock = 0x74_69_6c_65;

/**
 * Brings the schema up to date. Idempotent, and safe when several processes start at once: an
 * advisory lock lets them through one by one.
 */
export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'stile-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}
