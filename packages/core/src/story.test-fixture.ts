import fc from 'fast-check';
import { type Booking, isLive } from './booking.js';
import type { BookCommand, Command } from './command.js';
import type { decide } from './decide.js';
import { evolve, type Inventory, type WorkingInventory, workingCopy } from './inventory.js';
import type { Verdict } from './outcome.js';
import type { Section, Terms } from './section.js';
import {
  atUs,
  book,
  cancel,
  cancelledInQueue,
  change,
  confirm,
  expire,
  freshHall,
  freshInventory,
  freshSection,
  sectionIdOf,
  startUs,
  userIdOf,
} from './section.test-fixture.js';

/** A rule that decides; `decide` or one with a flaw. */
export type Rule = typeof decide;

/** Commands for one section, each with the time when its lane decides it. */
export interface Story {
  readonly start: Inventory;
  readonly steps: readonly { readonly command: Command; readonly nowUs: number }[];
}

/** One step of a story that was told. */
export interface Told {
  readonly command: Command;
  readonly nowUs: number;
  readonly before: WorkingInventory;
  readonly verdict: Verdict;
  /** The section after it. */
  readonly after: Section;
}

/** Bookings are this many at most, commands more: so many of them come again. */
const bookingsMax = 8;
const commandsMax = 40;
const storySeconds = 300;
const rows = [
  { row: 'A', seats: 5 },
  { row: 'B', seats: 7 },
  { row: 'C', seats: 3 },
];
const labels = rows.flatMap(({ row, seats }) =>
  Array.from({ length: seats }, (_, n) => `${row}-${n + 1}`),
);

const limit = fc.option(fc.integer({ min: 1, max: 8 }), { freq: 2 });
const instant = fc.option(fc.integer({ min: 0, max: storySeconds }).map(atUs), { freq: 2 });
const someTerms: fc.Arbitrary<Partial<Terms>> = fc.record(
  {
    price: fc.nat(500),
    maxPerBooking: limit,
    maxPerUser: limit,
    holdSeconds: fc.integer({ min: 1, max: 90 }),
    salesOpenAtUs: instant.map((us) => (us === null ? null : us - 200_000_000)),
    salesCloseAtUs: instant,
  },
  { requiredKeys: [] },
);
const changedTerms: fc.Arbitrary<Partial<Terms>> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 7,
    arbitrary: fc
      .tuple(
        someTerms,
        fc.record(
          { capacity: fc.integer({ min: 1, max: 40 }), closed: fc.boolean() },
          { requiredKeys: [] },
        ),
      )
      .map(([some, more]) => ({ ...some, ...more })),
  },
);

/** An empty section, general or reserved. */
export const sectionInventory = (id = sectionIdOf(0)): fc.Arbitrary<Inventory> =>
  fc
    .tuple(fc.option(fc.integer({ min: 1, max: 40 })), someTerms)
    .map(([capacity, terms]) =>
      capacity === null
        ? freshHall(rows, terms, id)
        : freshInventory(freshSection(capacity, terms, id)),
    );

const wish = fc.record({
  wanted: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 }) },
    fc.uniqueArray(fc.constantFrom(...labels, 'Z-1'), { minLength: 1, maxLength: 4 }),
  ),
  user: fc.option(fc.nat(2), { freq: 3 }),
  hold: fc.boolean(),
  /** Seconds from the acceptance to the decision. */
  queuedSeconds: fc.nat(40),
});

/** Bookings of different sections have different ids. */
const firstBookingOf = (sectionId: string): number => Number(sectionId.slice(-2)) * 100;

/** What is booked under each id: a request that comes again is the same one. */
const bookCommands = (id: string): fc.Arbitrary<BookCommand[]> =>
  fc.array(wish, { minLength: 1, maxLength: bookingsMax, size: 'max' }).map((wishes) =>
    wishes.map(({ wanted, user, hold, queuedSeconds }, n) =>
      book(firstBookingOf(id) + n, wanted, {
        ...{ sectionId: id, acceptedAtUs: atUs(15 * n - queuedSeconds) },
        ...(user === null ? {} : { userId: userIdOf(user) }),
        ...(hold ? { hold } : {}),
      }),
    ),
  );

/** A command of any kind for this section; about one of these bookings, or one that nobody knows. */
function anyCommand(books: readonly BookCommand[], id: string): fc.Arbitrary<Command> {
  const target = fc.nat(books.length).map((n) => firstBookingOf(id) + n);
  const queuedSeconds = fc.nat(40);
  const inSection = (command: Command): Command => ({ ...command, sectionId: id });
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...books) },
    ...[confirm, cancel, expire].map((of) => ({
      weight: 2,
      arbitrary: fc.tuple(target, queuedSeconds).map(([n, ago]) => inSection(of(n, -ago))),
    })),
    { weight: 1, arbitrary: changedTerms.map((terms) => inSection(change(terms))) },
  );
}

/** Any command for an empty section, some of whose requests were cancelled in the queue. */
export const commandsFor = (
  start: Inventory,
): fc.Arbitrary<{ start: Inventory; commands: Command[] }> =>
  bookCommands(start.section.id).chain((books) =>
    fc
      .tuple(
        fc.subarray(books, { maxLength: Math.min(2, books.length) }),
        fc.array(anyCommand(books, start.section.id), { maxLength: commandsMax, size: 'max' }),
      )
      .map(([cancelled, commands]) => {
        const bookings = cancelled.map((command) => cancelledInQueue(command));
        return {
          start: { ...start, bookings: new Map(bookings.map((b): [string, Booking] => [b.id, b])) },
          commands,
        };
      }),
  );

/** Stories of one section. Times rise; a hold may end between any two commands. */
export const story: fc.Arbitrary<Story> = sectionInventory()
  .chain((start) => commandsFor(start))
  .chain(({ start, commands }) =>
    fc
      .array(fc.nat(storySeconds), { minLength: commands.length, maxLength: commands.length })
      .map((seconds) => {
        const times = seconds.sort((a, b) => a - b);
        const steps = commands.map((command, n) => {
          const afterUs = atUs(times[n] ?? 0) - startUs;
          return { command: later(command, afterUs), nowUs: startUs + afterUs };
        });
        return { start, steps };
      }),
  );

/** A request to book is the same whenever it comes; anything else was asked for later. */
const later = (command: Command, us: number): Command =>
  command.kind === 'book' ? command : { ...command, acceptedAtUs: command.acceptedAtUs + us };

/** Tells a story step by step; what `before` holds is good only until the next step is asked for. */
export function* tell(rule: Rule, { start, steps }: Story): Generator<Told> {
  const inventory = workingCopy(start);
  for (const { command, nowUs } of steps) {
    const verdict = rule(inventory, command, nowUs);
    const after = verdict.kind === 'recorded' ? verdict.section : inventory.section;
    yield { command, nowUs, before: inventory, verdict, after };
    evolve(inventory, verdict);
  }
}

/** Seats of a user, counted over the bookings one by one. */
export const seatsOf = (bookings: Iterable<Booking>, userId: string | null): number =>
  [...bookings]
    .filter((booking) => isLive(booking.status) && booking.userId === userId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
