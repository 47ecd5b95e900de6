import { describe, expect, test } from 'vitest';
import { giveUp } from './decide.js';
import { decideBatch } from './decide-batch.js';
import { book, cancel, freshInventory, freshSection, userIdOf } from './section.test-fixture.js';

const inventory = freshInventory(freshSection(10));
const nowUs = 0;

describe('a command that is given up', () => {
  test('is rejected by name and numbered, and takes no seats', () => {
    const verdict = giveUp(inventory, { ...book(1, 4), userId: userIdOf(1) });
    expect(verdict).toMatchObject({
      kind: 'recorded',
      entry: { outcome: 'rejected', reason: 'internal_error', sequence: 1, remaining: 10 },
      // What may be at fault is left out, or its rejection could not be stored either.
      booking: { userId: null, seats: null },
    });
  });

  test('is refused when it is no request to book', () => {
    expect(giveUp(inventory, cancel(1))).toEqual({ kind: 'refused', refusal: 'undecidable' });
  });

  test('leaves its neighbours in a batch as they would be without it', () => {
    const commands = [book(1, 6), book(2, 6), book(3, 4)];
    const inventories = new Map([[inventory.section.id, inventory]]);
    const undecidable = new Set([commands[0]?.id ?? '']);
    const { entries } = decideBatch(inventories, commands, nowUs, undecidable);
    expect(entries.map(({ outcome, sequence }) => [sequence, outcome])).toEqual([
      [1, 'rejected'],
      [2, 'confirmed'],
      [3, 'confirmed'],
    ]);
  });

  test('keeps its verdict when it is decided again', () => {
    const first = giveUp(inventory, book(1, 4));
    const booking = first.kind === 'recorded' ? first.booking : undefined;
    const stored = { ...inventory, bookings: new Map(booking && [[booking.id, booking]]) };
    expect(giveUp(stored, book(1, 4))).toEqual({ kind: 'repeated', booking });
  });
});
