import { bookingIdOf } from '@stile/core';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newJobId } from './decision.test-fixture.js';
import { claimKeys, createDatabase, deleteOldKeys, type NewClaim } from './index.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 10 });
});
afterEach(() => pool.query('TRUNCATE idempotency_keys'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const jobId = newJobId();
let claimsMade = 0;
const claimOf = (key: string, claim: Partial<NewClaim> = {}): NewClaim => ({
  ...{ caller: 'shop', key, fingerprint: 'the same', ...claim },
  bookingId: bookingIdOf(jobId, ++claimsMade),
});
const earlier = ({ bookingId, fingerprint }: NewClaim) => ({ bookingId, fingerprint });

const readKeys = async () =>
  (await pool.query<{ key: string }>('SELECT key FROM idempotency_keys ORDER BY key')).rows;

describe('claiming keys', () => {
  test('of 500 who claim one key at once, one gets it and all others are told whose it is', async () => {
    const claims = Array.from({ length: 500 }, () => claimOf('k'));
    const told = (await Promise.all(claims.map((claim) => claimKeys(pool, [claim])))).flat();
    const winners = claims.filter((_, n) => told[n] === undefined);
    expect(winners).toHaveLength(1);
    const [winner] = winners as [NewClaim];
    expect(told.filter((one) => one !== undefined)).toEqual(new Array(499).fill(earlier(winner)));
    expect(await readKeys()).toHaveLength(1);
  });

  test('the first in a batch wins over those behind it in the same batch', async () => {
    const claims = ['a', 'b', 'a', 'c', 'a'].map((key) => claimOf(key));
    const [a] = claims as [NewClaim];
    expect(await claimKeys(pool, claims)).toEqual([
      ...[undefined, undefined, earlier(a), undefined, earlier(a)],
    ]);
  });

  test('a whole batch is claimed once, and again it names the same bookings', async () => {
    const claims = ['a', 'b', 'c'].map((key) => claimOf(key));
    expect(await claimKeys(pool, claims)).toEqual([undefined, undefined, undefined]);
    const again = [...['c', 'a'].map((key) => claimOf(key)), claimOf('d')];
    const [a, , c] = claims as [NewClaim, NewClaim, NewClaim];
    expect(await claimKeys(pool, again)).toEqual([earlier(c), earlier(a), undefined]);
  });

  test('another request under a key is told what the first one was', async () => {
    const first = claimOf('k', { fingerprint: 'two seats' });
    await claimKeys(pool, [first]);
    const other = claimOf('k', { fingerprint: 'three seats' });
    expect(await claimKeys(pool, [other])).toEqual([earlier(first)]);
  });

  test('a key belongs to its caller, whatever names callers and keys have', async () => {
    const claims = [
      claimOf('k'),
      claimOf('k', { caller: 'another' }),
      claimOf('k","x', { caller: 'a' }),
      claimOf('x', { caller: 'a","k' }),
      claimOf('{NULL}', { caller: '' }),
    ];
    expect(await claimKeys(pool, claims)).toEqual(claims.map(() => undefined));
    expect(await claimKeys(pool, [claimOf('k', { caller: 'another' })])).toEqual([
      earlier(claims[1] as NewClaim),
    ]);
  });

  test('processes that claim the same keys in another order don’t wait for each other for ever', async () => {
    for (let round = 0; round < 20; round++) {
      const keys = Array.from({ length: 300 }, (_, n) => `${round}-${n}`);
      const [rising, falling] = await Promise.all([
        claimKeys(
          pool,
          keys.map((key) => claimOf(key)),
        ),
        claimKeys(
          pool,
          keys.toReversed().map((key) => claimOf(key)),
        ),
      ]);
      const made = [...rising, ...falling].filter((one) => one === undefined);
      expect(made).toHaveLength(keys.length);
    }
  });
});

describe('removing old keys', () => {
  /** Claims keys as if so many hours ago. */
  async function claimAgo(hours: number, count: number): Promise<void> {
    const claims = Array.from({ length: count }, (_, n) => claimOf(`${hours} h ago, ${n}`));
    await claimKeys(pool, claims);
    await pool.query(
      `UPDATE idempotency_keys SET created_at = now() - $1 * interval '1 hour'
        WHERE booking_id = ANY($2)`,
      [hours, claims.map(({ bookingId }) => bookingId)],
    );
  }

  test('takes the oldest first, no more than the limit at a time, and none that is younger', async () => {
    await claimAgo(23.9, 5);
    await claimAgo(25, 15);
    await claimAgo(30, 10);
    const db = createDatabase(pool);
    expect(await deleteOldKeys(db, 24, 10)).toBe(10);
    const left = (await readKeys()).filter(({ key }) => key.startsWith('30 h'));
    expect(left).toEqual([]);
    expect(await deleteOldKeys(db, 24, 10)).toBe(10);
    expect(await deleteOldKeys(db, 24, 10)).toBe(5);
    expect(await deleteOldKeys(db, 24, 10)).toBe(0);
    expect(await readKeys()).toHaveLength(5);
  });

  test('may be done by several at once: each key goes once', async () => {
    await claimAgo(48, 100);
    const db = createDatabase(pool);
    const removed = await Promise.all(Array.from({ length: 8 }, () => deleteOldKeys(db, 24, 30)));
    const rest = 100 - removed.reduce((sum, count) => sum + count, 0);
    expect(rest).toBeGreaterThanOrEqual(0);
    expect(await readKeys()).toHaveLength(rest);
    expect(await deleteOldKeys(db, 24, 1_000)).toBe(rest);
  });
});
