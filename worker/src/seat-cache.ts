import type { SeatMap, Section } from '@stile/core';
import { LRUCache } from 'lru-cache';

const sectionsMax = 100;

/**
 * The seat maps that a lane decided in last, so that a hall of 20,000 seats is not read for every
 * batch. PostgreSQL decides: a map counts only for the version of the section that it was made at,
 * as it is read under the lock, and every change of the seats raises that version.
 */
export class SeatCache {
  readonly #maps = new LRUCache<string, { version: number; seats: SeatMap }>({ max: sectionsMax });

  /** The seats of the section as it was locked, or undefined when they must be read. */
  get(section: Section): SeatMap | undefined {
    const cached = this.#maps.get(section.id);
    return cached?.version === section.version ? cached.seats : undefined;
  }

  /** Remembers the seats of a section as it was committed; it may not be changed afterwards. */
  put(section: Section, seats: SeatMap | undefined): void {
    if (seats !== undefined) this.#maps.set(section.id, { version: section.version, seats });
  }

  /** Forgets everything: the seats are read again. */
  clear(): void {
    this.#maps.clear();
  }
}
