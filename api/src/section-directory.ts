import type { Seating } from '@stile/core';
import { type Database, prepareSectionPlaces } from '@stile/db';
import { LRUCache } from 'lru-cache';
import { batchedReads } from './batched-reads.js';

/** What intake must know of a section: all but its price is fixed for the section's life. */
export interface SectionEntry {
  readonly lane: number;
  readonly eventId: string;
  readonly seating: Seating;
  /** Price of one seat in minor units, as it was a few seconds ago. */
  readonly price: number;
}

const entriesMax = 50_000;
const freshForMs = 5_000;

/** Finds a section's lane without asking the database twice; remembers the last 50,000 asked for. */
export class SectionDirectory {
  readonly #entries: LRUCache<string, SectionEntry>;

  constructor(db: Database) {
    const read = batchedReads(prepareSectionPlaces(db));
    this.#entries = new LRUCache({
      max: entriesMax,
      ttl: freshForMs,
      // lru-cache lets everyone who asks for the same section meanwhile wait for one query; one
      // that is forgotten or evicted meanwhile answers them all the same.
      ignoreFetchAbort: true,
      fetchMethod: async (id: string) => {
        const row = await read(id);
        if (row === undefined) return undefined;
        const { lane, eventId, seating, price } = row;
        return { lane, eventId, seating, price };
      },
    });
  }

  /** Asks the database anew about these sections: they were just changed here. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#entries.delete(id);
  }

  /** The section's entry, at once when it is known; undefined when there is no such section. */
  find(id: string): SectionEntry | Promise<SectionEntry | undefined> {
    return this.#entries.get(id) ?? this.#entries.fetch(id);
  }
}
