import { describe, expect, test } from 'vitest';
import type { Command } from './command.js';
import { decideBatch } from './decide-batch.js';
import type { Inventory } from './inventory.js';
import { book, freshHall, startUs } from './section.test-fixture.js';

describe('a hall of 20,000 seats', () => {
  const rows = Array.from({ length: 400 }, (_, n) => ({ row: `R${n}`, seats: 50 }));
  const requests = 500;
  /** Ten times what is wanted: a guard against another order of growth, not against a busy machine. */
  const batchMsMax = 1_000;

  /** The hall with these seats taken. */
  function riddledHall(isTaken: (position: number) => boolean): Map<string, Inventory> {
    const hall = freshHall(rows);
    const taken = Array.from({ length: 20_000 }, (_, position) => position).filter(isTaken);
    hall.seats?.take(taken);
    const section = {
      ...hall.section,
      ...{ remaining: 20_000 - taken.length, confirmed: taken.length },
    };
    return new Map([[section.id, { ...hall, section }]]);
  }

  test.each<[string, Map<string, Inventory>, (n: number) => Command]>([
    ['best available, empty', riddledHall(() => false), (n) => book(n, 1 + (n % 6))],
    ['best available, riddled', riddledHall((at) => at % 3 === 0), (n) => book(n, 1 + (n % 6))],
    ['best available, nearly full', riddledHall((at) => at % 9 !== 0), (n) => book(n, 1 + (n % 6))],
    [
      'chosen seats',
      riddledHall(() => false),
      (n) => book(n, [`R${n % 400}-7`, `R${n % 400}-8`, `R${(n * 7) % 400}-30`]),
    ],
  ])('decides 500 requests in well under a second: %s', (what, sections, request) => {
    const commands = Array.from({ length: requests }, (_, n) => request(n));
    const batchMs = Math.min(
      ...[1, 2, 3].map(() => {
        const startedMs = performance.now();
        decideBatch(sections, commands, startUs);
        return performance.now() - startedMs;
      }),
    );
    console.info(`500 requests for 20,000 seats, ${what}: ${batchMs.toFixed(1)} ms.`);
    expect(batchMs).toBeLessThan(batchMsMax);
  });
});
