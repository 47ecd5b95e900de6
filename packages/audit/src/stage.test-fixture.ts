import { createDatabase } from '@stile/db';
import { createTestDatabase } from '@stile/testing';
import pg from 'pg';
import { Lane } from './lane.test-fixture.js';
import { insertSections, live } from './life.test-fixture.js';

/** A database of its own for a test file, in which the life of a few sections can be played. */
export interface Stage {
  readonly url: string;
  readonly lane: Lane;
  /** Plays `live` in new sections. */
  fill(): Promise<void>;
  /** Does what only the database's owner can: ledger and sections refuse it otherwise. */
  tamper(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Leaves the database empty. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const database = await createTestDatabase();
  const { url } = database;
  const pool = new pg.Pool({ connectionString: url, application_name: 'audit-test' });
  const lane = new Lane(url);
  await lane.start();

  const tamper = async (sql: string, values: readonly unknown[] = []): Promise<void> => {
    const guards = (action: 'DISABLE' | 'ENABLE') =>
      pool.query(
        `ALTER TABLE ledger ${action} TRIGGER USER; ALTER TABLE sections ${action} TRIGGER USER`,
      );
    await guards('DISABLE');
    try {
      await pool.query(sql, [...values]);
    } finally {
      await guards('ENABLE');
    }
  };
  return {
    url,
    lane,
    fill: async () => {
      await insertSections(pool);
      await live(lane, createDatabase(pool));
    },
    tamper,
    clear: () => tamper('TRUNCATE ledger, seats, bookings, sections, events, users, lanes'),
    close: async () => {
      await lane.stop();
      await pool.end();
      await database.drop();
    },
  };
}
