import type { Booking } from './booking.js';
import type { Command } from './command.js';
import type { BatchResult, decideBatch } from './decide-batch.js';
import type { Inventory } from './inventory.js';
import type { LedgerEntry, Verdict } from './outcome.js';
import { atUs, freshInventory } from './section.test-fixture.js';
import { seatsOf } from './story.test-fixture.js';

/** A rule that decides batches; `decideBatch` or one with a flaw. */
export type BatchRule = typeof decideBatch;

/** When batches are decided: a minute after the start, when some of the first holds are over. */
export const nowUs = atUs(60);

/** What the database keeps between batches. */
export class Store {
  readonly entries: LedgerEntry[] = [];
  readonly verdicts: (Verdict | undefined)[] = [];
  readonly #sections: Map<string, Inventory>;
  readonly #bookings = new Map<string, Booking>();

  constructor(start: ReadonlyMap<string, Inventory>) {
    this.#sections = new Map(start);
    for (const inventory of start.values()) this.#keep([...inventory.bookings.values()]);
  }

  get sections(): Inventory['section'][] {
    return [...this.#sections.values()].map(({ section }) => section);
  }

  get bookings(): Booking[] {
    return [...this.#bookings.values()];
  }

  /** Decides batch after batch, and stores what each of them came to. */
  decideAll(rule: BatchRule, batches: readonly (readonly Command[])[], decidedAtUs = nowUs): this {
    for (const batch of batches) this.#store(rule(this.#loadFor(batch), batch, decidedAtUs));
    return this;
  }

  /** Everything that is stored. */
  load(): Map<string, Inventory> {
    return new Map(
      [...this.#sections].map(([id, inventory]) => {
        const bookings = this.bookings.filter(({ sectionId }) => sectionId === id);
        return [id, { ...inventory, bookings: new Map(bookings.map((b) => [b.id, b])) }];
      }),
    );
  }

  /** What the commands are about and no more: their bookings, and the seats of their users. */
  #loadFor(batch: readonly Command[]): Map<string, Inventory> {
    return new Map(
      [...this.#sections].map(([id, { section, seats }]) => {
        const commands = batch.filter(({ sectionId }) => sectionId === id);
        const bookings = commands.flatMap((command) => {
          const about = 'bookingId' in command ? command.bookingId : command.id;
          return this.#bookings.get(about) ?? [];
        });
        const users = commands.flatMap((command) =>
          command.kind === 'book' && command.userId !== undefined ? command.userId : [],
        );
        const ofSection = this.bookings.filter(({ sectionId }) => sectionId === id);
        const inventory: Inventory = {
          ...{ section, seats },
          bookings: new Map(bookings.map((booking) => [booking.id, booking])),
          seatsOfUsers: new Map(users.map((user) => [user, seatsOf(ofSection, user)])),
        };
        return [id, inventory];
      }),
    );
  }

  #store({ verdicts, entries, bookings, sections }: BatchResult): void {
    this.verdicts.push(...verdicts);
    this.entries.push(...entries);
    this.#keep(bookings);
    for (const { section, seats } of sections) {
      this.#sections.set(section.id, { ...freshInventory(section), seats });
    }
  }

  #keep(bookings: readonly Booking[]): void {
    for (const booking of bookings) this.#bookings.set(booking.id, booking);
  }
}
