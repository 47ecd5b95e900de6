import {
  type Booking,
  decide,
  evolve,
  giveUp,
  isLive,
  type LedgerEntry,
  type Section,
  type Verdict,
  type WorkingInventory,
} from '@stile/core';
import { FinalStatuses } from './final-statuses.js';
import { firstDifference } from './first-difference.js';
import { ledgerCommands } from './ledger-commands.js';
import { ServiceOrder } from './service-order.js';
import { flawOfSeating, startingInventory } from './starting-inventory.js';
import type { LedgerRow, StoredSection } from './stored-rows.js';
import { termNames } from './terms.js';
import { addDecision, type Totals } from './totals.js';
import type { Difference, Violation } from './violation.js';

const entryFacts: readonly (keyof LedgerEntry)[] = [
  ...(['outcome', 'reason', 'remaining', 'seats', 'expiresAtUs', 'change'] as const),
  ...(['bookingId', 'userId', 'quantity', 'chosen'] as const),
];

const sectionFacts: readonly (keyof Section)[] = [
  ...(['remaining', 'held', 'confirmed', 'rejected', 'revenue', 'version'] as const),
  ...termNames,
];

/**
 * Replays a section from before its first decision: each command of its ledger is decided again,
 * at its time and under the terms of its time, and every stored fact must be what that gives.
 *
 * Keeps the live bookings of the section and forgets those that ended: nothing that is recorded
 * can be about them, so memory is bounded by the section's capacity and not by its ledger.
 */
export class SectionReplay {
  readonly #stored: StoredSection;
  readonly #totals: Totals;
  readonly #inventory: WorkingInventory | undefined;
  readonly #statuses = new FinalStatuses();
  readonly #order = new ServiceOrder();

  /** What is decided is added to `totals`. */
  constructor(stored: StoredSection, totals: Totals) {
    this.#stored = stored;
    this.#totals = totals;
    this.#inventory = flawOfSeating(stored) === undefined ? startingInventory(stored) : undefined;
  }

  /** Replays the next row; nothing may be fed after a violation. */
  next(row: LedgerRow): Violation | undefined {
    if (this.#inventory === undefined) return this.#violation(0, flawOfSeating(this.#stored));
    const sequence = this.#inventory.section.sequence + 1;
    return this.#violation(sequence, this.#replay(this.#inventory, sequence, row));
  }

  /** Compares what the ledger came to with the section's own row, and with its bookings. */
  end(): Violation | undefined {
    if (this.#inventory === undefined) return this.#violation(0, flawOfSeating(this.#stored));
    const { section } = this.#inventory;
    this.#totals.enqueuedAgain += this.#order.enqueuedAgain;
    // A row that is missing at the end leaves bookings behind too: it is named before them.
    const difference =
      firstDifference(['sequence'], section, this.#stored, "the section's ") ??
      this.#statuses.end() ??
      firstDifference(sectionFacts, section, this.#stored, "the section's ");
    return this.#violation(section.sequence, difference);
  }

  #replay(inventory: WorkingInventory, sequence: number, row: LedgerRow): Difference | undefined {
    if (row.sequence !== sequence) {
      return { what: 'sequence', expected: sequence, found: row.sequence };
    }
    const { flaw, prepare, command, settles, namesItsProcess } = ledgerCommands[row.command];
    const flawed = flaw?.(row);
    if (flawed !== undefined) return flawed;
    prepare?.(inventory, row);
    const before = inventory.section;
    const verdict =
      row.reason === 'internal_error'
        ? giveUp(inventory, command(row))
        : decide(inventory, command(row), row.decidedAtUs);
    if (verdict.kind !== 'recorded') {
      return { what: 'outcome', expected: nothingRecorded(verdict), found: row.outcome };
    }
    evolve(inventory, verdict);
    addDecision(this.#totals, verdict.entry.outcome, before, verdict.section);
    if (verdict.booking !== undefined) forgetEnded(inventory, verdict.booking);
    return (
      firstDifference(entryFacts, verdict.entry, row) ??
      (namesItsProcess
        ? this.#order.next(verdict.booking?.id ?? '', row.acceptedAtUs)
        : undefined) ??
      (verdict.booking && this.#bookingDifference(row, verdict.booking, settles))
    );
  }

  #bookingDifference(
    row: LedgerRow,
    decided: Booking,
    settles: (typeof ledgerCommands)[LedgerRow['command']]['settles'],
  ): Difference | undefined {
    const { booking: stored, acceptedAtUs, decidedAtUs } = row;
    if (stored === undefined) return { what: 'the booking', expected: row.bookingId, found: null };
    const expected = { ...decided, acceptedAtUs, decidedAtUs };
    return (
      firstDifference(settles, expected, stored, "the booking's ") ??
      this.#statuses.next(decided, row.sequence, stored.status)
    );
  }

  #violation(
    sequence: number,
    difference: (Difference & { readonly sequence?: number }) | undefined,
  ): Violation | undefined {
    return difference && { sectionId: this.#stored.id, sequence, ...difference };
  }
}

/** Why such a command leaves no row in the ledger. */
const nothingRecorded = (verdict: Exclude<Verdict, { kind: 'recorded' }>): string =>
  verdict.kind === 'refused'
    ? `no decision: refused, ${verdict.refusal}`
    : 'no decision: it was so already, or not due';

/** Users without seats count like users that are not known. */
function forgetEnded({ bookings, seatsOfUsers }: WorkingInventory, booking: Booking): void {
  const { id, status, userId } = booking;
  if (isLive(status)) return;
  bookings.delete(id);
  if (userId !== null && seatsOfUsers.get(userId) === 0) seatsOfUsers.delete(userId);
}
