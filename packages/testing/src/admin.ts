import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** How long a connection that was ended may take to leave, which the server tells nobody. */
const leaveWaitMs = 2_000;
const lookAgainMs = 20;

/** Runs the work on a connection of its own to the admin database. */
export async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url, application_name: 'stile-testing' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** @throws when others are still connected after a moment; the database is dropped all the same. */
export async function dropDatabase(admin: pg.Client, name: string): Promise<void> {
  const deadline = Date.now() + leaveWaitMs;
  let left = await connectionsOn(admin, name);
  while (left.length > 0 && Date.now() < deadline) {
    await delay(lookAgainMs);
    left = await connectionsOn(admin, name);
  }
  await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  if (left.length > 0) {
    throw new Error(`${left.length} connections were left open on ${name}: ${left.join(', ')}`);
  }
}

async function connectionsOn(admin: pg.Client, name: string): Promise<string[]> {
  const { rows } = await admin.query<{ application: string; query: string }>(
    `SELECT application_name AS application, left(query, 60) AS query
     FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
    [name],
  );
  return rows.map(({ application, query }) => `${application || 'unnamed'} (last: ${query})`);
}
