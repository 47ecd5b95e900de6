import type { BookCommand, Booking, Command, Terms, WorkingInventory } from '@stile/core';
import type { LedgerRow, StoredBooking } from './stored-rows.js';
import { termNames } from './terms.js';
import type { Difference } from './violation.js';

/** The ledger numbers bookings only; the ids of other commands play no part in a decision. */
const unknownId = '';

/** What the replay must know of a kind of command. */
interface LedgerCommand {
  /** What keeps the row from being such a command at all, whatever came of it. */
  readonly flaw?: (row: LedgerRow) => Difference | undefined;
  /** Adds what the lane found and the ledger before this row can't tell. */
  readonly prepare?: (inventory: WorkingInventory, row: LedgerRow) => void;
  /** The command as its lane took it. */
  readonly command: (row: LedgerRow) => Command;
  /** What the decision settled of the stored booking for ever; its status is watched apart. */
  readonly settles: readonly (keyof StoredBooking)[];
  /** Whether the booking's id names the api process that accepted the command. */
  readonly namesItsProcess: boolean;
}

/** Every kind of command in the ledger. A new kind is audited by adding it here, and only here. */
export const ledgerCommands: Readonly<Record<Command['kind'], LedgerCommand>> = {
  book: {
    flaw: ({ quantity }) =>
      quantity > 0 ? undefined : { what: 'quantity', expected: 'at least 1', found: quantity },
    prepare: ({ bookings }, row) => {
      const cancelled = row.outcome === 'cancelled' ? cancelledInQueue(row) : undefined;
      if (cancelled !== undefined) bookings.set(cancelled.id, cancelled);
    },
    command: bookCommand,
    settles: [
      ...(['sectionId', 'sequence', 'userId', 'caller', 'quantity', 'reason', 'price'] as const),
      ...(['seats', 'adjacent', 'expiresAtUs', 'acceptedAtUs', 'decidedAtUs'] as const),
    ],
    namesItsProcess: true,
  },
  confirm: commandOfBooking('confirm'),
  cancel: commandOfBooking('cancel'),
  expire: commandOfBooking('expire'),
  change: {
    command: (row) => ({
      kind: 'change',
      ...{ id: row.change?.id ?? unknownId, sectionId: row.sectionId },
      ...{ acceptedAtUs: row.acceptedAtUs, ...givenBy(row) },
      terms: knownTerms(row.change?.to ?? {}),
    }),
    settles: [],
    namesItsProcess: false,
  },
};

function bookCommand(row: LedgerRow): BookCommand {
  const { bookingId, sectionId, acceptedAtUs, quantity, userId, seats, chosen, expiresAtUs } = row;
  return {
    kind: 'book',
    ...{ id: bookingId ?? unknownId, sectionId, acceptedAtUs, quantity },
    hold: expiresAtUs !== null,
    ...(userId === null ? {} : { userId }),
    ...givenBy(row),
    // Seats that were picked are for the replay to pick again; it must come to the same.
    ...(seats === null || chosen === false ? {} : { seats }),
  };
}

function commandOfBooking(kind: 'confirm' | 'cancel' | 'expire'): LedgerCommand {
  return {
    command: (row) => ({
      kind,
      ...{ id: unknownId, sectionId: row.sectionId, bookingId: row.bookingId ?? unknownId },
      ...{ acceptedAtUs: row.acceptedAtUs, ...givenBy(row) },
    }),
    settles: [],
    namesItsProcess: false,
  };
}

/**
 * A booking that was cancelled before its turn came, as the lane found it. Its price is that of
 * the moment it was cancelled, which has no place in the ledger.
 */
const cancelledInQueue = (row: LedgerRow): Booking => ({
  id: row.bookingId ?? unknownId,
  ...{ sectionId: row.sectionId, userId: row.userId, caller: row.caller },
  ...{ quantity: row.quantity, status: 'cancelled' },
  ...{ reason: null, price: row.booking?.price ?? 0, seats: null, adjacent: null },
  ...{ expiresAtUs: null, sequence: null },
});

const givenBy = ({ caller }: LedgerRow) => (caller === null ? {} : { caller });

/** A name that is no term could change a counter of the section. */
const knownTerms = (terms: Partial<Terms>): Partial<Terms> =>
  Object.fromEntries(
    termNames.filter((name) => terms[name] !== undefined).map((name) => [name, terms[name]]),
  );
