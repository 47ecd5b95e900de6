import type { SeatRow } from '@stile/core';
import {
  claimKeys,
  countDecided,
  countLanes,
  createDatabase,
  createPool,
  type Database,
  ensureLanes,
  nextProcessNumber,
} from '@stile/db';
import { defaultIntakeBounds, OpenLanes, OutcomeListener, openEngine } from '@stile/queue';
import { createTestDatabase, dropPrefix, type Engine, uniquePrefix } from '@stile/testing';
import { readConfig as readWorkerConfig, startWorker } from '@stile/worker';
import type pg from 'pg';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { Intake } from './intake.js';

/** The pipeline without HTTP: what is submitted in this order is accepted in this order. */
export interface TestPipeline {
  readonly databaseUrl: string;
  readonly db: Database;
  readonly intake: Intake;
  /** A new section; sections take the lanes in turn. */
  addSection(terms: NewSectionTerms): Promise<{ id: string; lane: number }>;
  addUser(): Promise<string>;
  query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export interface NewSectionTerms {
  readonly capacity: number;
  readonly maxPerUser: number | null;
  readonly holdSeconds: number;
  /** Makes the seating reserved. */
  readonly rows?: readonly SeatRow[];
}

const laneCount = 4;

/** Starts intake and a worker on this engine; a guard is taken away only to see a test fail. */
export async function startPipeline(
  engine: Engine,
  guards: { readonly claimsKeys: boolean } = { claimsKeys: true },
): Promise<TestPipeline> {
  const database = await createTestDatabase();
  const prefix = uniquePrefix();
  const { redisUrl } = engine;
  const onError = (error: Error): void => {
    throw error;
  };
  const pool = createPool({
    connectionString: database.url,
    max: 10,
    applicationName: 'test-pipeline',
    onError,
  });
  const db = createDatabase(pool);
  await ensureLanes(db, laneCount);
  const processNumber = await nextProcessNumber(db);
  const producers = await openEngine({
    databaseUrl: database.url,
    redisUrl,
    prefix,
    role: 'producer',
    onError,
  });
  const lanes = await OpenLanes.open({
    engine: producers,
    countLanes: () => countLanes(db),
    countDecided: (lane) => countDecided(db, lane),
  });
  const outcomes = new OutcomeListener({ databaseUrl: database.url, pool, processNumber, onError });
  await outcomes.start();
  const intake = new Intake({
    processNumber,
    lanes,
    outcomes,
    // Small jobs: the commands of one wave are spread over several jobs and batches.
    bounds: { ...defaultIntakeBounds, requestsPerJobMax: 5 },
    claimKeys: async (claims) =>
      guards.claimsKeys ? claimKeys(pool, claims) : claims.map(() => undefined),
  });
  const worker = await startWorker(
    {
      ...readWorkerConfig({
        DATABASE_URL: database.url,
        QUEUE_PREFIX: prefix,
        LANES: String(laneCount),
        TAKE_WAIT_MS: '500',
      }),
      redisUrl,
    },
    pino({ level: 'silent' }),
  );
  let sections = 0;
  return {
    databaseUrl: database.url,
    db,
    intake,
    addSection: async ({ capacity, maxPerUser, holdSeconds, rows }) => {
      const id = uuidv7();
      const lane = sections++ % laneCount;
      await pool.query(
        `WITH event AS (
           INSERT INTO events (id, name, currency) VALUES ($1, 'Model', 'EUR') RETURNING id
         )
         INSERT INTO sections (id, event_id, lane, position, name, price, capacity, remaining,
                               max_per_user, hold_seconds, seating, seat_rows)
         SELECT $2, id, $3, 0, 'Stalls', 7, $4, $4, $5, $6, $7, $8 FROM event`,
        [
          uuidv7(),
          id,
          lane,
          capacity,
          maxPerUser,
          holdSeconds,
          rows === undefined ? 'general' : 'reserved',
          rows === undefined ? null : JSON.stringify(rows),
        ],
      );
      return { id, lane };
    },
    addUser: async () => {
      const id = uuidv7();
      await pool.query(`INSERT INTO users (id, name, email) VALUES ($1, $2, $2)`, [
        id,
        `${id}@x.test`,
      ]);
      return id;
    },
    query: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[]) =>
      (await pool.query<Row>(sql, [...values])).rows,
    stop: async () => {
      await intake.drain();
      await worker.stop();
      await outcomes.stop();
      await lanes.close();
      await producers.close();
      await pool.end();
      if (redisUrl !== undefined) await dropPrefix(redisUrl, prefix);
      await database.drop();
    },
  };
}
