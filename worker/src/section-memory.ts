import type { BookCommand, Inventory, SeatMap, Section, SectionAfter } from '@stile/core';
import { LRUCache } from 'lru-cache';
import { DatabaseClock } from './database-clock.js';

/** General sections remembered at most; a hall with its seats takes the place of a hundred. */
const sectionsMax = 10_000;
const hallSize = 100;

/** What a batch is decided from without reading anything. */
export interface Remembered {
  readonly inventories: ReadonlyMap<string, Inventory>;
  /** The database's time by now, in microseconds since 1970; never ahead of it. */
  readonly nowUs: number;
}

/**
 * The sections that a lane decided in last, as they were committed: the lane's owner is alone in
 * changing them, so most batches need not read them. PostgreSQL decides whether that is so: it
 * commits what was decided from memory only under the lock and for the versions that it was decided
 * from. One writer that keeps its state in memory is the idea of LMAX's business logic processor
 * (https://martinfowler.com/articles/lmax.html).
 */
export class SectionMemory {
  readonly clock = new DatabaseClock();
  readonly #sections = new LRUCache<string, SectionAfter>({
    maxSize: sectionsMax,
    sizeCalculation: ({ seats }) => (seats === undefined ? 1 : hallSize),
  });

  /** Remembers a section as a batch leaves it; its seats may not be changed afterwards. */
  put(after: SectionAfter): void {
    this.#sections.set(after.section.id, after);
  }

  /** The seats of the section as it was locked, or undefined when they must be read. */
  seatsOf({ id, version }: Section): SeatMap | undefined {
    const after = this.#sections.get(id);
    return after?.section.version === version ? after.seats : undefined;
  }

  /**
   * What these requests are decided from, when all of it is remembered: sections, and nothing of
   * bookings made before, so none that counts towards a user's limit.
   */
  recall(commands: readonly BookCommand[]): Remembered | undefined {
    const nowUs = this.clock.nowUs();
    if (nowUs === undefined) return undefined;
    const inventories = new Map<string, Inventory>();
    for (const command of commands) {
      const after = this.#sections.get(command.sectionId);
      if (after === undefined) return undefined;
      const { section, seats } = after;
      if (section.maxPerUser !== null && command.userId !== undefined) return undefined;
      inventories.set(section.id, { section, seats, bookings: new Map(), seatsOfUsers: new Map() });
    }
    return { inventories, nowUs };
  }

  /** Forgets everything: it is read again. */
  clear(): void {
    this.#sections.clear();
    this.clock.forget();
  }
}
