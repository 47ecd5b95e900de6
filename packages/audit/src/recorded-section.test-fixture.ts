import {
  type BookCommand,
  type Booking,
  bookingIdOf,
  type Command,
  decide,
  evolve,
  jobIdFrom,
  rowsForCapacity,
  SeatMap,
  SeatPlan,
  type Section,
  type Terms,
  type Verdict,
  type WorkingInventory,
} from '@stile/core';
import type { LedgerRow, StoredBooking, StoredSection } from './stored-rows.js';

export const sectionId = '018f0000-0000-7000-8000-00000000000a';
export const startUs = 1_700_000_000_000_000;
export const secondUs = 1_000_000;

export const userIdOf = (n: number): string => `018f0000-0000-7000-8000-00000000c0${n + 10}`;

/** The n-th booking, accepted n milliseconds after the start by one of two api processes in turn. */
export const bookingIdAt = (n: number): string =>
  bookingIdOf(
    jobIdFrom({ timeMs: startUs / 1_000 + n, lane: 0, processNumber: n % 2, counter: 0 }),
    n + 1,
  );

type Wish = Partial<Pick<BookCommand, 'seats' | 'hold' | 'acceptedAtUs'>> & {
  readonly user?: number;
};

/** What the database holds of a section. */
export interface History {
  readonly section: StoredSection;
  readonly rows: readonly LedgerRow[];
}

/**
 * A section that is decided as a lane decides it, with all that its database then holds. Time
 * stands still until it is moved.
 */
export class RecordedSection {
  readonly #inventory: WorkingInventory;
  readonly #firstTerms: Partial<Terms> = {};
  readonly #rows: Omit<LedgerRow, 'booking'>[] = [];
  readonly #bookedAt = new Map<string, { acceptedAtUs: number; decidedAtUs: number }>();
  #asked = 0;
  nowUs = startUs + secondUs;

  constructor(terms: Partial<Terms> = {}, seating: Section['seating'] = 'general') {
    const capacity = terms.capacity ?? 10;
    const seats =
      seating === 'general' ? undefined : new SeatMap(new SeatPlan(rowsForCapacity(capacity)));
    this.#inventory = {
      section: {
        ...{ id: sectionId, seating, capacity, price: 2_500, maxPerBooking: null },
        ...{ maxPerUser: null, holdSeconds: 120, salesOpenAtUs: null, salesCloseAtUs: null },
        ...{ closed: false, ...terms, remaining: capacity, held: 0, confirmed: 0 },
        ...{ rejected: 0, revenue: 0, sequence: 0, version: 0 },
      },
      ...{ bookings: new Map(), seatsOfUsers: new Map(), seats, changesMade: new Set<string>() },
    };
  }

  /** The next booking; tells its number. */
  book(quantity: number, { user, ...wish }: Wish = {}): number {
    const n = this.#asked++;
    this.decide({
      ...{
        kind: 'book',
        id: bookingIdAt(n),
        sectionId,
        quantity,
        acceptedAtUs: startUs + n * 1_000,
      },
      ...(user === undefined ? {} : { userId: userIdOf(user) }),
      ...wish,
    });
    return n;
  }

  /** The next booking, which is cancelled before its lane comes to it. */
  bookCancelled(quantity: number, wish: Wish = {}): number {
    const id = bookingIdAt(this.#asked);
    const userId = wish.user === undefined ? null : userIdOf(wish.user);
    this.#inventory.bookings.set(id, {
      ...{ id, sectionId, userId, caller: null, quantity, status: 'cancelled', reason: null },
      ...{ price: quantity * this.#inventory.section.price, seats: null, adjacent: null },
      ...{ expiresAtUs: null, sequence: null },
    });
    return this.book(quantity, wish);
  }

  confirm(n: number): void {
    this.#ofBooking('confirm', n);
  }

  cancel(n: number): void {
    this.#ofBooking('cancel', n);
  }

  expire(n: number): void {
    this.#ofBooking('expire', n);
  }

  change(terms: Partial<Terms>): void {
    const id = `change-${this.#rows.length}`;
    this.decide({ kind: 'change', id, sectionId, acceptedAtUs: this.nowUs, terms });
  }

  decide(command: Command): Verdict {
    const verdict = decide(this.#inventory, command, this.nowUs);
    evolve(this.#inventory, verdict);
    if (verdict.kind === 'recorded') {
      const { entry } = verdict;
      this.#rows.push({ ...entry, decidedAtUs: this.nowUs });
      for (const [name, value] of Object.entries(entry.change?.from ?? {})) {
        if (!(name in this.#firstTerms)) Object.assign(this.#firstTerms, { [name]: value });
      }
      if (entry.command === 'book') {
        const times = { acceptedAtUs: entry.acceptedAtUs, decidedAtUs: this.nowUs };
        this.#bookedAt.set(command.id, times);
      }
    }
    return verdict;
  }

  history(): History {
    const { section, seats } = this.#inventory;
    const seatRows = seats?.plan.rows ?? null;
    return {
      section: { ...section, seatRows, firstTerms: this.#firstTerms },
      rows: this.#rows.map((row) => ({ ...row, booking: this.#stored(row.bookingId) })),
    };
  }

  #ofBooking(kind: 'confirm' | 'cancel' | 'expire', n: number): void {
    const bookingId = bookingIdAt(n);
    this.decide({ kind, id: '', sectionId, bookingId, acceptedAtUs: this.nowUs });
  }

  #stored(bookingId: string | null): StoredBooking | undefined {
    if (bookingId === null) return undefined;
    const booking = this.#inventory.bookings.get(bookingId) as Booking;
    const times = this.#bookedAt.get(bookingId) as { acceptedAtUs: number; decidedAtUs: number };
    return { ...booking, ...times };
  }
}
