import { migrateDatabase } from '@stile/db';
import { migrateQueue } from '@stile/queue';
import { asAdmin, dropDatabase } from './admin.js';
import { databasePrefixOf, withDatabase } from './names.js';

/** Makes the migrated database that the test files clone, and returns its name. */
export async function createTemplate(adminUrl: string, run: string): Promise<string> {
  const template = `${databasePrefixOf(run)}template`;
  await asAdmin(adminUrl, (admin) => admin.query(`CREATE DATABASE "${template}"`));
  const url = withDatabase(adminUrl, template);
  await migrateDatabase(url);
  await migrateQueue(url);
  return template;
}

/**
 * Drops every database of the run and tells which were left behind beside the template, each with
 * the name of its test file.
 */
export function dropDatabases(adminUrl: string, run: string, template: string): Promise<string[]> {
  return asAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [databasePrefixOf(run)],
    );
    const left: string[] = [];
    for (const { name } of rows) {
      if (name !== template) left.push(`the database ${name}`);
      await dropDatabase(admin, name).catch((error: Error) => left.push(error.message));
    }
    return left;
  });
}
