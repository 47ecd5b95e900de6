import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditDatabase } from './index.js';
import { sectionIds } from './life.test-fixture.js';
import { openStage, type Stage } from './stage.test-fixture.js';

const { floor, hall, brief, unsold } = sectionIds;
const madeUpId = '018f0000-0000-7000-8000-00000000b001';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.fill());
afterEach(() => stage.clear());

const numbered = 'WHERE section_id = $1 AND sequence = $2';

/** What is done by hand, where, and what the audit must say to it. */
const tamperings: readonly (readonly [
  what: string,
  sql: string,
  values: readonly unknown[],
  violation: object,
])[] = [
  [
    'a missing ledger row',
    `DELETE FROM ledger ${numbered}`,
    [floor, 4],
    { sequence: 4, what: 'sequence', expected: 4, found: 5 },
  ],
  [
    'a changed remaining',
    `UPDATE ledger SET remaining = remaining + 1 ${numbered}`,
    [hall, 2],
    { sequence: 2, what: 'remaining' },
  ],
  [
    'a rejection of what fits',
    `UPDATE ledger SET outcome = 'rejected', reason = 'sold_out' ${numbered}`,
    [floor, 1],
    { sequence: 1, what: 'outcome', expected: 'confirmed' },
  ],
  [
    'a confirmation that came too late',
    `UPDATE ledger SET outcome = 'confirmed' ${numbered}`,
    [brief, 4],
    { sequence: 4, what: 'outcome', expected: 'expired', found: 'confirmed' },
  ],
  [
    'a hold that was never returned',
    `WITH gone AS (DELETE FROM ledger ${numbered})
     UPDATE bookings SET status = 'held' WHERE section_id = $1 AND sequence = 1`,
    [brief, 3],
    { sequence: 3, what: 'sequence' },
  ],
  [
    'a hold that is over and counted still',
    'UPDATE sections SET held = held + 1, confirmed = confirmed - 1 WHERE id = $1 AND sequence = $2',
    [floor, 10],
    { sequence: 10, what: "the section's held", expected: 0, found: 1 },
  ],
  [
    'a seat that was given twice',
    `UPDATE ledger SET outcome = 'confirmed', reason = NULL ${numbered}`,
    [hall, 3],
    { sequence: 3, what: 'outcome', expected: 'rejected' },
  ],
  [
    'a user over the limit',
    `UPDATE ledger SET outcome = 'confirmed', reason = NULL ${numbered}`,
    [floor, 10],
    { sequence: 10, what: 'outcome', expected: 'rejected', found: 'confirmed' },
  ],
  [
    'a change to something else',
    `UPDATE ledger SET change = jsonb_set(change, '{to,price}', '3001') ${numbered}`,
    [floor, 8],
    { sequence: 9, what: "the booking's price", expected: 3_001, found: 3_000 },
  ],
  [
    'a change from something else',
    `UPDATE ledger SET change = jsonb_set(change, '{from,price}', '1') ${numbered}`,
    [floor, 8],
    { sequence: 1, what: "the booking's price", expected: 1, found: 2_500 },
  ],
  [
    'a change that says nothing',
    `UPDATE ledger SET change = '{"from": 5, "to": null}' ${numbered}`,
    [floor, 8],
    { sequence: 1, what: "the booking's price" },
  ],
  [
    'a time that is one microsecond off',
    `UPDATE bookings SET accepted_at = accepted_at + interval '1 microsecond' ${numbered}`,
    [floor, 2],
    { sequence: 2, what: "the booking's accepted_at (µs)" },
  ],
  [
    'a missing booking',
    `DELETE FROM bookings ${numbered}`,
    [hall, 1],
    { sequence: 1, what: 'the booking', found: null },
  ],
  [
    'a booking that was cancelled by hand',
    `UPDATE bookings SET status = 'cancelled' ${numbered}`,
    [hall, 6],
    { sequence: 6, what: "the booking's status", expected: 'confirmed', found: 'cancelled' },
  ],
  [
    'a booking that lost its number',
    `UPDATE bookings SET sequence = NULL, decided_at = NULL ${numbered}`,
    [floor, 5],
    { sequence: 5, what: "the booking's sequence", found: null },
  ],
  [
    'seats given back by hand where nothing was ever decided',
    'UPDATE sections SET remaining = 19, confirmed = 1 WHERE id = $1 AND sequence = $2',
    [unsold, 0],
    { sequence: 0, what: "the section's remaining", expected: 20, found: 19 },
  ],
  [
    'other rows of seats',
    'UPDATE sections SET seat_rows = \'[{"row":"A","seats":9}]\' WHERE id = $1 AND capacity > $2',
    [hall, 0],
    { sequence: 0, what: "the section's capacity", expected: 9, found: 10 },
  ],
  [
    'a booking that no lane decided',
    `INSERT INTO bookings (id, section_id, quantity, status, price, sequence, accepted_at, decided_at)
     VALUES ('${madeUpId}', $1, 1, 'confirmed', 2500, $2, now(), now())`,
    [unsold, 3],
    { sequence: 3, what: 'the ledger row of a booking', expected: madeUpId, found: null },
  ],
  [
    'a seat that nobody has any more',
    `DELETE FROM seats WHERE section_id = $1 AND label = 'B-2' AND $2 > 0`,
    [hall, 5],
    { sequence: 5, what: 'the booking of seat B-2', found: null },
  ],
  [
    'a seat that another booking has',
    `UPDATE seats SET booking_id = '${madeUpId}' WHERE section_id = $1 AND label = 'B-2' AND $2 > 0`,
    [hall, 5],
    { sequence: 5, what: 'the booking of seat B-2', found: madeUpId },
  ],
  [
    'a seat that was never given back',
    `INSERT INTO seats (section_id, label, booking_id) SELECT $1, 'A-5', '${madeUpId}' WHERE $2 > 0`,
    [hall, 6],
    { sequence: 6, what: 'the booking of seat A-5', expected: null, found: madeUpId },
  ],
];

describe('the audit names the first broken sequence', () => {
  test.each(tamperings)('%s', async (_what, sql, values, violation) => {
    await stage.tamper(sql, values);
    const report = await auditDatabase(stage.url);
    const [sectionId] = values;
    expect(report).toMatchObject({ kind: 'broken', violation: { sectionId, ...violation } });
  });
});
