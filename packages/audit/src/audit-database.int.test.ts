import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditDatabase } from './index.js';
import { decisionsOfLive, eventIds, rush, sectionIds, userIds } from './life.test-fixture.js';
import { openStage, type Stage } from './stage.test-fixture.js';

const { floor, unsold } = sectionIds;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.fill());
afterEach(() => stage.clear());

describe('the audit', () => {
  test('of a real sale is clean, and counts what was decided', async () => {
    const progress: unknown[] = [];
    const report = await auditDatabase(stage.url, {}, (step) => progress.push(step));
    expect(report).toEqual({
      ...{ kind: 'clean', sections: 4, decisions: decisionsOfLive, enqueuedAgain: 0 },
      ...{ held: 4, confirmed: 8, rejected: 3, expired: 2, cancelled: 3, changed: 1 },
      ...{ seatsConfirmed: 12, seatsHeld: 4 },
    });
    const all = { decisions: decisionsOfLive, decisionsTotal: decisionsOfLive };
    expect(progress.at(-1)).toEqual(all);
  });

  test('of a database without events is clean', async () => {
    await stage.tamper('TRUNCATE ledger, seats, bookings, sections, events');
    expect(await auditDatabase(stage.url)).toMatchObject({ kind: 'clean', sections: 0 });
  });

  test('runs on a pool, and leaves its connection as it was', async () => {
    const single = new pg.Pool({ connectionString: stage.url, max: 1 });
    try {
      expect(await auditDatabase(single)).toMatchObject({ kind: 'clean' });
      const { rows } = await single.query('SHOW transaction_read_only');
      expect(rows).toEqual([{ transaction_read_only: 'off' }]);
    } finally {
      await single.end();
    }
  });

  test('lets a booking wait that was cancelled in the queue and not recorded yet', async () => {
    await stage.tamper(
      `INSERT INTO bookings (id, section_id, quantity, status, price, accepted_at)
       VALUES ($1, $2, 1, 'cancelled', 2500, now())`,
      ['018f0000-0000-7000-8000-00000000b001', unsold],
    );
    expect(await auditDatabase(stage.url)).toMatchObject({ kind: 'clean' });
  });

  test('counts a booking that was enqueued again, long after its id was given', async () => {
    const again = stage.lane.book(floor, 1, { userId: userIds[2] });
    await stage.lane.decide([stage.lane.book(floor, 1, { userId: userIds[2] })]);
    await stage.lane.decide([{ ...again, acceptedAtUs: stage.lane.acceptedAtUs(60_000) }]);
    await stage.lane.decide([stage.lane.book(unsold, 1)]);
    expect(await auditDatabase(stage.url)).toMatchObject({ kind: 'clean', enqueuedAgain: 1 });
  });

  test('of one section or one event looks at nothing else', async () => {
    await stage.tamper('UPDATE sections SET revenue = revenue + 1 WHERE id = $1', [unsold]);
    const scopes = [
      { sectionId: floor },
      { eventId: eventIds.open },
      { sectionId: unsold },
      { eventId: eventIds.closed },
    ];
    const reports = [];
    for (const scope of scopes) reports.push(await auditDatabase(stage.url, scope));
    expect(reports.map(({ kind }) => kind)).toEqual(['clean', 'clean', 'broken', 'broken']);
    expect(reports.map(({ sections }) => sections)).toEqual([1, 3, 1, 1]);
    expect(reports[0]?.decisions).toBe(10);
  });

  test('is clean at every moment of a running sale', async () => {
    let isSelling = true;
    const seen = new Set<number>();
    const sale = rush(stage.lane, (jobs) => jobs >= 40 && seen.size > 2).finally(() => {
      isSelling = false;
    });
    while (isSelling) {
      const report = await auditDatabase(stage.url);
      expect(report).toMatchObject({ kind: 'clean' });
      seen.add(report.decisions);
    }
    await sale;
    const report = await auditDatabase(stage.url);
    expect(report).toMatchObject({ kind: 'clean', enqueuedAgain: 0 });
    expect(Math.min(report.held, report.cancelled, report.changed)).toBeGreaterThan(10);
  });
});
