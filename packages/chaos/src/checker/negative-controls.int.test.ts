import { engines } from '@stile/testing';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkRun } from './check-run.js';
import { LaneUnderTest } from './lane-under-test.test-fixture.js';

describe.each(engines)('the checker, on the $name engine,', (engine) => {
  let lane: LaneUnderTest;

  beforeEach(async () => {
    lane = await LaneUnderTest.open(engine);
  });
  afterEach(() => lane.close());

  const brokenPromises = async () => {
    const { violations } = await checkRun(lane.pool, lane.history);
    return [...new Set(violations.map(({ promise }) => promise))];
  };

  test('objects to nothing where every guard is in place, whoever dies', async () => {
    for (const key of ['a', 'b', 'c']) await lane.submit(key);
    await lane.submit('b');
    const dying = await lane.takeOver();
    await dying.consumer.take();
    const next = await lane.takeOver();
    await lane.decide(next, await next.consumer.adopt());
    for (let left = 0; left < 2; left++) await lane.decide(next, await next.consumer.take());
    expect(await brokenPromises()).toEqual([]);
  });

  test('sees that a key stands for two bookings when claims are not kept', async () => {
    await lane.submit('a', { areKept: false });
    await lane.submit('a', { areKept: false });
    const owner = await lane.takeOver();
    for (let job = 0; job < 2; job++) await lane.decide(owner, await owner.consumer.take());
    expect(await brokenPromises()).toContain('what a client was told stays true');
  });

  test('sees that a job is decided twice when insertion is not idempotent', async () => {
    await lane.submit('a');
    const dying = await lane.takeOver();
    const jobs = await dying.consumer.take();
    await lane.decide(dying, jobs);
    const next = await lane.takeOver();
    await lane.pool.query('ALTER TABLE bookings DROP CONSTRAINT bookings_pkey CASCADE');
    await lane.decide({ ...next, client: blindToBookings(next.client) }, jobs);
    expect(await brokenPromises()).toContain('accepted means decided exactly once');
  });

  test('sees that a request is lost when the next owner adopts nothing', async () => {
    for (const key of ['a', 'b']) await lane.submit(key);
    const dying = await lane.takeOver();
    await dying.consumer.take();
    const next = await lane.takeOver();
    await lane.decide(next, await next.consumer.take());
    expect(await brokenPromises()).toEqual(['accepted means decided exactly once']);
  });

  test('sees that the order is lost when a stale owner is not fenced off', async () => {
    for (const key of ['a', 'b']) await lane.submit(key);
    const stale = await lane.takeOver();
    const next = await lane.takeOver();
    const first = await next.consumer.take();
    const second = await stale.consumer.take();
    // Off: the stale owner is let through under its successor's epoch.
    await lane.decide(stale, second, { epoch: next.epoch });
    await lane.decide(next, first);
    expect(await brokenPromises()).toContain('a section decides in the order of acceptance');
  });
});

/** The connection, but what is stored of a job's bookings is not found on it. */
function blindToBookings(client: pg.Client): pg.Client {
  const query = client.query.bind(client) as (config: unknown) => unknown;
  return Object.assign(client, {
    query: (config: { name?: string }) =>
      config.name === 'stile-read-bookings-of-jobs' ? Promise.resolve({ rows: [] }) : query(config),
  });
}
