import type { Booking } from './booking.js';
import type { BookCommand, ChangeCommand, Command } from './command.js';
import { decide } from './decide.js';
import { evolve, type Inventory, type WorkingInventory, workingCopy } from './inventory.js';
import type { LedgerEntry, Verdict } from './outcome.js';
import { SeatMap } from './seat-map.js';
import { SeatPlan, type SeatRow } from './seat-plan.js';
import type { Section, Terms } from './section.js';

/** When stories begin; times in them are seconds from here. */
export const startUs = 1_700_000_000_000_000;
export const atUs = (seconds: number): number => startUs + Math.round(seconds * 1_000_000);

const idOf = (group: string, n: number): string =>
  `018f0000-0000-7000-8000-${group}${n.toString(16).padStart(8, '0')}`;
export const sectionIdOf = (n: number): string => idOf('aaaa', n);
export const bookingIdOf = (n: number): string => idOf('bbbb', n);
export const userIdOf = (n: number): string => idOf('cccc', n);
const commandIdOf = (n: number): string => idOf('dddd', n);

/** A section that sold nothing yet, without limits; a hold lasts 60 s. */
export const freshSection = (
  capacity: number,
  terms: Partial<Terms> = {},
  id = sectionIdOf(0),
): Section => ({
  ...{ id, seating: 'general', capacity, price: 2_500, holdSeconds: 60, closed: false },
  ...{ maxPerBooking: null, maxPerUser: null, salesOpenAtUs: null, salesCloseAtUs: null },
  ...{ remaining: capacity, held: 0, confirmed: 0, rejected: 0, revenue: 0 },
  ...{ sequence: 0, version: 0 },
  ...terms,
});

/** The inventory of a section that sold nothing yet, but may know of bookings. */
export const freshInventory = (section: Section, bookings: readonly Booking[] = []): Inventory => ({
  section,
  bookings: new Map(bookings.map((booking) => [booking.id, booking])),
  seatsOfUsers: new Map(),
  seats: undefined,
});

/** The inventory of a hall with these rows, all seats free. */
export function freshHall(
  rows: readonly SeatRow[],
  terms: Partial<Terms> = {},
  id?: string,
): Inventory {
  const seats = new SeatMap(new SeatPlan(rows));
  const section: Section = { ...freshSection(seats.free, terms, id), seating: 'reserved' };
  return { ...freshInventory(section), seats };
}

type BookOptions = Partial<Omit<BookCommand, 'id' | 'kind' | 'quantity'>>;

/** A request for so many seats, or for these. */
export function book(n: number, wanted: number | readonly string[], options: BookOptions = {}) {
  const command: BookCommand = {
    kind: 'book',
    id: bookingIdOf(n),
    sectionId: sectionIdOf(0),
    quantity: typeof wanted === 'number' ? wanted : wanted.length,
    ...(typeof wanted === 'number' ? {} : { seats: wanted }),
    acceptedAtUs: startUs,
    ...options,
  };
  return command;
}

let commandsMade = 0;
const ofBooking =
  (kind: 'confirm' | 'cancel' | 'expire') =>
  (n: number, seconds = 0): Extract<Command, { kind: 'confirm' | 'cancel' | 'expire' }> => ({
    ...{ kind, id: commandIdOf(commandsMade++), sectionId: sectionIdOf(0) },
    ...{ bookingId: bookingIdOf(n), acceptedAtUs: atUs(seconds) },
  });
export const confirm = ofBooking('confirm');
export const cancel = ofBooking('cancel');
export const expire = ofBooking('expire');

export const change = (terms: Partial<Terms>, seconds = 0): ChangeCommand => ({
  ...{ kind: 'change', id: commandIdOf(commandsMade++), sectionId: sectionIdOf(0) },
  ...{ terms, acceptedAtUs: atUs(seconds) },
});

/** A booking that was cancelled in the queue: its lane has not come to it. */
export const cancelledInQueue = (command: BookCommand, price = 2_500): Booking => ({
  ...{ id: command.id, sectionId: command.sectionId, userId: command.userId ?? null, caller: null },
  ...{ quantity: command.quantity, status: 'cancelled', reason: null },
  ...{ price: command.quantity * price, seats: null, adjacent: null, expiresAtUs: null },
  sequence: null,
});

/** A section to which commands come one after the other, as in a lane. */
export class Life {
  readonly inventory: WorkingInventory;

  constructor(inventory: Inventory) {
    this.inventory = workingCopy(inventory);
  }

  get section(): Section {
    return this.inventory.section;
  }

  /** Decides a command, so many seconds after the start. */
  tell(command: Command, seconds = 0): Verdict {
    const verdict = decide(this.inventory, command, atUs(seconds));
    evolve(this.inventory, verdict);
    return verdict;
  }

  /** Decides commands at the start, and says in a word what became of each. */
  words(...commands: readonly Command[]): string[] {
    return commands.map((command) => wordOf(this.tell(command)));
  }

  booking(n: number): Booking | undefined {
    return this.inventory.bookings.get(bookingIdOf(n));
  }
}

/** What became of a command: the outcome or why not, what it was refused for, or `repeated`. */
export function wordOf(verdict: Verdict): string {
  if (verdict.kind === 'repeated') return 'repeated';
  if (verdict.kind === 'refused') return `refused: ${verdict.refusal}`;
  return verdict.entry.reason ?? verdict.entry.outcome;
}

/** The ledger entry of a command that was recorded. */
export function entryOf(verdict: Verdict): LedgerEntry {
  if (verdict.kind !== 'recorded') throw new Error(`not recorded: ${wordOf(verdict)}`);
  return verdict.entry;
}
