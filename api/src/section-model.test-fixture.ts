import type { BookingStatus } from '@stile/core';

/** What may be asked of one section; indexes point among the bookings made so far. */
export type Operation =
  | {
      readonly kind: 'book';
      readonly quantity: number;
      readonly hold: boolean;
      readonly user: number;
    }
  | { readonly kind: 'confirm'; readonly booking: number }
  | { readonly kind: 'cancel'; readonly booking: number }
  | { readonly kind: 'resize'; readonly capacity: number }
  /** The same request under the same key as the one that made this booking. */
  | { readonly kind: 'retry'; readonly booking: number };

/** What the model says must come of an operation. */
export type Expected = BookingStatus | 'done' | 'refused' | 'same-booking' | 'nothing';

export interface ModelBooking {
  readonly operation: Extract<Operation, { kind: 'book' }>;
  readonly key: string;
  id: string | undefined;
  status: BookingStatus;
}

/**
 * The rules of a section told the plain way, with none of the pipeline's code: a count of seats
 * and a list of bookings, one operation after the other.
 */
export class SectionModel {
  readonly bookings: ModelBooking[] = [];
  readonly #maxPerUser: number;
  #capacity: number;

  constructor(capacity: number, maxPerUser: number) {
    this.#capacity = capacity;
    this.#maxPerUser = maxPerUser;
  }

  get remaining(): number {
    return this.#capacity - this.#seats(() => true);
  }

  apply(operation: Operation): Expected {
    switch (operation.kind) {
      case 'book':
        return this.#book(operation);
      case 'confirm':
        return this.#confirm(this.#at(operation.booking));
      case 'cancel':
        return this.#cancel(this.#at(operation.booking));
      case 'resize':
        if (operation.capacity < this.#seats(() => true)) return 'refused';
        this.#capacity = operation.capacity;
        return 'done';
      case 'retry':
        return this.#at(operation.booking) === undefined ? 'nothing' : 'same-booking';
    }
  }

  /** Every hold's time is over. */
  expireHolds(): void {
    for (const booking of this.bookings) {
      if (booking.status === 'held') booking.status = 'expired';
    }
  }

  #book(operation: Extract<Operation, { kind: 'book' }>): Expected {
    const { quantity, hold, user } = operation;
    const ofUser = this.#seats((booking) => booking.operation.user === user);
    const fits = quantity <= this.remaining && ofUser + quantity <= this.#maxPerUser;
    const status = fits ? (hold ? 'held' : 'confirmed') : 'rejected';
    const key = `key-${this.bookings.length}`;
    this.bookings.push({ operation, key, id: undefined, status });
    return status;
  }

  #confirm(booking: ModelBooking | undefined): Expected {
    if (booking === undefined) return 'nothing';
    if (booking.status === 'confirmed') return 'done';
    if (booking.status !== 'held') return 'refused';
    booking.status = 'confirmed';
    return 'done';
  }

  #cancel(booking: ModelBooking | undefined): Expected {
    if (booking === undefined) return 'nothing';
    if (booking.status === 'cancelled') return 'done';
    if (booking.status !== 'held' && booking.status !== 'confirmed') return 'refused';
    booking.status = 'cancelled';
    return 'done';
  }

  /** Only bookings of earlier waves have an id by which they can be named. */
  #at(index: number): ModelBooking | undefined {
    const named = this.bookings.filter((booking) => booking.id !== undefined);
    return named[index % Math.max(1, named.length)];
  }

  #seats(counts: (booking: ModelBooking) => boolean): number {
    return this.bookings
      .filter(({ status }) => status === 'held' || status === 'confirmed')
      .filter(counts)
      .reduce((sum, booking) => sum + booking.operation.quantity, 0);
  }
}
