import type { Seating, SeatRow } from '@stile/core';
import type { Database } from '../client.js';
import { events, sections } from '../schema.js';
import type { EventWithSections } from './event-rows.js';

export interface NewEvent {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  readonly currency: string;
  readonly startsAt: Date | null;
  /** When sales begin and end, if they do; before it ends they must begin. */
  readonly salesOpenAt?: Date | null;
  readonly salesCloseAt?: Date | null;
  readonly sections: readonly NewSection[];
}

export interface NewSection {
  readonly id: string;
  readonly lane: number;
  readonly name: string;
  readonly price: number;
  readonly capacity: number;
  /** General unless it says otherwise. */
  readonly seating?: Seating;
  /** Of a reserved section, and only of one: rows of together `capacity` seats. */
  readonly seatRows?: SeatRow[] | null;
  readonly maxPerBooking?: number | null;
  readonly maxPerUser?: number | null;
  readonly holdSeconds?: number;
}

/**
 * Stores an event with its sections, all of their seats free; all of it or nothing. Each section
 * has the event's sales window, by which its lane goes.
 */
export async function insertEvent(
  db: Database,
  { sections: newSections, ...event }: NewEvent,
): Promise<EventWithSections> {
  const { salesOpenAt = null, salesCloseAt = null } = event;
  return db.transaction(async (tx) => {
    const [inserted] = await tx.insert(events).values(event).returning();
    if (inserted === undefined) throw new Error('INSERT … RETURNING gave no row');
    const insertedSections = await tx
      .insert(sections)
      .values(
        newSections.map((section, position) => ({
          ...section,
          eventId: event.id,
          position,
          salesOpenAt,
          salesCloseAt,
          remaining: section.capacity,
        })),
      )
      .returning();
    return { ...inserted, sections: insertedSections.sort((a, b) => a.position - b.position) };
  });
}
