import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { asAdmin, dropDatabase } from './admin.js';
import { databasePrefixOf, withDatabase } from './names.js';
import { providedServers } from './provided.js';

export interface TestDatabase {
  readonly url: string;
  /**
   * Drops the database.
   * @throws when a connection was left open on it, naming its application; it is dropped anyway.
   */
  drop(): Promise<void>;
}

/** A clone of the migrated template that this test file has to itself; call `drop` at its end. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, run, template } = providedServers();
  // The name tells whose database it is, should it be left behind; 63 bytes is PostgreSQL's limit.
  const file = basename(expect.getState().testPath ?? 'unknown', '.int.test.ts').replace(
    /\W/g,
    '_',
  );
  const name = `${databasePrefixOf(run)}${randomUUID().slice(0, 8)}_${file}`.slice(0, 63);
  await asAdmin(adminUrl, (admin) =>
    admin.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`),
  );
  return {
    url: withDatabase(adminUrl, name),
    drop: () => asAdmin(adminUrl, (admin) => dropDatabase(admin, name)),
  };
}
