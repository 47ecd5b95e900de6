import { type Booking, type BookingStatus, isLive } from '@stile/core';
import type { Difference } from './violation.js';

/** A booking that is stored with a status it doesn't have yet. */
interface Awaited {
  /** The decision that gave it the status it has. */
  readonly sequence: number;
  readonly status: BookingStatus;
  readonly stored: BookingStatus;
}

/**
 * Whether the bookings of a section came to the status they are stored with. Of a live booking
 * only the end of the ledger tells; those that are still to become what is stored are remembered.
 */
export class FinalStatuses {
  readonly #awaited = new Map<string, Awaited>();

  /** Takes the booking as the decision of this sequence left it; an ended one must be as stored. */
  next({ id, status }: Booking, sequence: number, stored: BookingStatus): Difference | undefined {
    this.#awaited.delete(id);
    if (status === stored) return undefined;
    if (!isLive(status)) return statusDifference(status, stored);
    this.#awaited.set(id, { sequence, status, stored });
    return undefined;
  }

  /** The first that never became what is stored. */
  end(): (Difference & { readonly sequence: number }) | undefined {
    const [first] = this.#awaited.values();
    if (first === undefined) return undefined;
    return { sequence: first.sequence, ...statusDifference(first.status, first.stored) };
  }
}

const statusDifference = (expected: BookingStatus, found: BookingStatus): Difference => ({
  ...{ what: "the booking's status", expected, found },
});
