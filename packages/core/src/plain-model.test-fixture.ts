import type { Booking } from './booking.js';
import type { BookCommand, Command } from './command.js';
import type { Inventory } from './inventory.js';
import type { Section } from './section.js';

/**
 * What a section sells, kept as anybody would on paper: a list of bookings and the terms, counted
 * anew for every command. Slow and plain, so that `decide` has something to be compared with.
 */
export class PlainModel {
  #section: Section;
  #bookings: readonly Booking[];
  readonly #allSeats: readonly string[] | undefined;
  #recorded = 0;
  #changes = 0;
  #rejected = 0;

  constructor({ section, bookings, seats }: Inventory) {
    this.#section = section;
    this.#bookings = [...bookings.values()];
    this.#allSeats =
      seats && Array.from({ length: seats.plan.count }, (_, n) => seats.plan.labelOf(n));
  }

  /** The numbers of the section, from the list. */
  get counters() {
    const held = this.#seatsThatAre('held');
    const confirmed = this.#seatsThatAre('confirmed');
    const revenue = this.#bookings
      .filter(({ status }) => status === 'confirmed')
      .reduce((sum, { price }) => sum + price, 0);
    return {
      ...{ held, confirmed, remaining: this.#section.capacity - held - confirmed, revenue },
      ...{ rejected: this.#rejected, sequence: this.#recorded, version: this.#changes },
    };
  }

  /** What must become of a command, in a word as `wordOf` gives it. */
  expected(command: Command, nowUs: number): string {
    if (command.kind === 'book') return this.#expectedOfBook(command);
    if (command.kind === 'change') return this.#expectedOfChange(command.terms);
    const booking = this.#bookings.find(({ id }) => id === command.bookingId);
    if (booking === undefined) return 'refused: unknown';
    const { status, expiresAtUs } = booking;
    switch (command.kind) {
      case 'expire':
        return status === 'held' && nowUs >= Number(expiresAtUs) ? 'expired' : 'repeated';
      case 'cancel':
        if (status === 'cancelled') return 'repeated';
        return status === 'held' || status === 'confirmed' ? 'cancelled' : `refused: ${status}`;
      case 'confirm':
        if (status === 'confirmed') return 'repeated';
        if (status !== 'held') return `refused: ${status}`;
        return command.acceptedAtUs < Number(expiresAtUs) ? 'confirmed' : 'expired';
    }
  }

  /** Writes down what became of a command; `booking` is the one it was about, as it is now. */
  learn(command: Command, word: string, booking: Booking | undefined): void {
    if (word === 'repeated' || word.startsWith('refused')) return;
    this.#recorded++;
    const isBookedBefore = this.#bookings.some(({ id }) => id === command.id);
    if (booking?.status === 'rejected') this.#rejected++;
    else if (!isBookedBefore) this.#changes++;
    if (command.kind === 'change') this.#section = { ...this.#section, ...command.terms };
    if (booking === undefined) return;
    this.#bookings = [...this.#bookings.filter(({ id }) => id !== booking.id), booking];
  }

  #expectedOfBook({ id, quantity, seats, userId, acceptedAtUs, hold }: BookCommand): string {
    const known = this.#bookings.find((booking) => booking.id === id);
    if (known !== undefined) return known.sequence === null ? 'cancelled' : 'repeated';
    const { closed, salesOpenAtUs, salesCloseAtUs, maxPerBooking, maxPerUser } = this.#section;
    const isOnSale =
      (salesOpenAtUs ?? 0) <= acceptedAtUs &&
      acceptedAtUs < (salesCloseAtUs ?? Number.POSITIVE_INFINITY);
    if (closed || !isOnSale) return 'sales_closed';
    if (quantity > (maxPerBooking ?? quantity)) return 'limit_exceeded';
    if (maxPerUser !== null && userId === undefined) return 'limit_exceeded';
    const had = this.#live.filter((booking) => booking.userId === userId);
    const would = had.reduce((sum, booking) => sum + booking.quantity, quantity);
    if (maxPerUser !== null && would > maxPerUser) return 'limit_exceeded';
    if (seats !== undefined) {
      const taken = this.#live.flatMap((booking) => booking.seats ?? []);
      const isFree = (seat: string) => this.#allSeats?.includes(seat) && !taken.includes(seat);
      if (!seats.every(isFree)) return 'seat_taken';
    } else if (quantity > this.counters.remaining) return 'sold_out';
    return hold ? 'held' : 'confirmed';
  }

  #expectedOfChange(terms: Extract<Command, { kind: 'change' }>['terms']): string {
    const isNew = (name: keyof typeof terms) => terms[name] !== this.#section[name];
    if (!(Object.keys(terms) as (keyof typeof terms)[]).some(isNew)) return 'repeated';
    const { held, confirmed } = this.counters;
    if (terms.capacity !== undefined && isNew('capacity')) {
      if (this.#allSeats !== undefined) return 'refused: reserved';
      if (terms.capacity < held + confirmed) return 'refused: below_sold';
    }
    return terms.closed && held + confirmed > 0 ? 'refused: live_bookings' : 'changed';
  }

  get #live(): Booking[] {
    return this.#bookings.filter(({ status }) => status === 'held' || status === 'confirmed');
  }

  #seatsThatAre(status: 'held' | 'confirmed'): number {
    return this.#bookings
      .filter((booking) => booking.status === status)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }
}
