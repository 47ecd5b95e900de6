import { describe, expect, test } from 'vitest';
import { secondUs, sectionId, startUs, userIdOf } from './recorded-section.test-fixture.js';
import type { StoredBooking, StoredSection } from './stored-rows.js';
import {
  replay,
  sale,
  violationOf,
  withBooking,
  withSection,
} from './tampered-history.test-fixture.js';
import type { Value } from './violation.js';

describe('the replay finds', () => {
  test.each<[Partial<StoredBooking>, string, Value, Value]>([
    [{ sectionId: 'another' }, 'section_id', sectionId, 'another'],
    [{ userId: userIdOf(3) }, 'user_id', null, userIdOf(3)],
    [{ caller: 'key:other' }, 'caller', null, 'key:other'],
    [{ quantity: 1 }, 'quantity', 2, 1],
    [{ price: 4_999 }, 'price', 5_000, 4_999],
    [{ sequence: 2 }, 'sequence', 1, 2],
    [{ sequence: null }, 'sequence', 1, null],
    [{ adjacent: true }, 'adjacent', null, true],
    [{ reason: 'sold_out' }, 'reason', null, 'sold_out'],
    [{ acceptedAtUs: 1 }, 'accepted_at (µs)', startUs, 1],
    [{ decidedAtUs: 1 }, 'decided_at (µs)', startUs + secondUs, 1],
    [{ status: 'held' }, 'status', 'confirmed', 'held'],
  ])('a booking with %j', (change, column, expected, found) => {
    const { violation } = replay(withBooking(sale(), 0, change));
    expect(violation).toEqual(violationOf(1, `the booking's ${column}`, expected, found));
  });

  test.each<[Partial<StoredSection>, string, Value, Value]>([
    [{ remaining: 1 }, 'remaining', 0, 1],
    [{ held: 1 }, 'held', 0, 1],
    [{ confirmed: 4 }, 'confirmed', 5, 4],
    [{ rejected: 0 }, 'rejected', 2, 0],
    [{ revenue: 1 }, 'revenue', 12_500, 1],
    [{ sequence: 5 }, 'sequence', 4, 5],
    [{ version: 4 }, 'version', 2, 4],
  ])('a section with %j', (change, column, expected, found) => {
    const { violation } = replay(withSection(sale(), change));
    expect(violation).toEqual(violationOf(4, `the section's ${column}`, expected, found));
  });
});
