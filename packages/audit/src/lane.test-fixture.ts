import {
  type BookCommand,
  bookingIdOf,
  type Command,
  decideBatch,
  type Inventory,
  jobIdFrom,
  type Terms,
  type Verdict,
} from '@stile/core';
import { commitDecision, createDecisionClient, openDecision, readSeats } from '@stile/db';
import type pg from 'pg';

export type Wish = Partial<Pick<BookCommand, 'seats' | 'hold' | 'userId'>>;

/**
 * Lane 0, decided as its owner decides it: one job after the other, each in a transaction of its
 * own. Commands are numbered as they are made, and accepted a millisecond apart.
 */
export class Lane {
  readonly #client: pg.Client;
  readonly #startMs = Date.now();
  #made = 0;

  constructor(databaseUrl: string) {
    this.#client = createDecisionClient(databaseUrl, 'audit-test-lane');
    this.#client.on('error', () => undefined);
  }

  async start(): Promise<void> {
    await this.#client.connect();
  }

  async stop(): Promise<void> {
    await this.#client.end();
  }

  /** When the n-th command was accepted. */
  acceptedAtUs(n: number): number {
    return (this.#startMs + n) * 1_000;
  }

  book(sectionId: string, quantity: number, wish: Wish = {}): BookCommand {
    return { ...this.#next(sectionId), kind: 'book', quantity, ...wish };
  }

  confirm({ sectionId, id }: BookCommand): Command {
    return { ...this.#next(sectionId), kind: 'confirm', bookingId: id };
  }

  cancel({ sectionId, id }: BookCommand): Command {
    return { ...this.#next(sectionId), kind: 'cancel', bookingId: id };
  }

  expire({ sectionId, id }: BookCommand): Command {
    return { ...this.#next(sectionId), kind: 'expire', bookingId: id };
  }

  change(sectionId: string, terms: Partial<Terms>): Command {
    return { ...this.#next(sectionId), kind: 'change', terms };
  }

  async decide(commands: readonly Command[]): Promise<readonly (Verdict | undefined)[]> {
    const open = await openDecision(this.#client, { lane: 0, epoch: 0, commands });
    if (open.kind === 'fenced') throw new Error('the lane of the test has another epoch');
    const inventories = new Map<string, Inventory>();
    for (const section of open.sections.values()) {
      const bookings = open.bookings.filter(({ sectionId }) => sectionId === section.id);
      const users = open.seatsOfUsers.filter(({ sectionId }) => sectionId === section.id);
      const isReserved = section.seating === 'reserved';
      inventories.set(section.id, {
        section,
        bookings: new Map(bookings.map((booking) => [booking.id, booking])),
        seatsOfUsers: new Map(users.map(({ userId, quantity }) => [userId, quantity])),
        seats: isReserved ? await readSeats(this.#client, section.id) : undefined,
      });
    }
    const result = decideBatch(inventories, commands, open.nowUs);
    const storedBefore = new Map(open.bookings.map((booking) => [booking.id, booking]));
    await commitDecision(this.#client, { result, storedBefore, notifications: [] });
    return result.verdicts;
  }

  #next(sectionId: string) {
    const n = this.#made++;
    const timeMs = this.#startMs + n;
    const jobId = jobIdFrom({ timeMs, lane: 0, processNumber: n % 2, counter: 0 });
    return { id: bookingIdOf(jobId, n + 1), sectionId, acceptedAtUs: this.acceptedAtUs(n) };
  }
}
