import type { Booking, LedgerEntry, SeatRow, Section, Terms } from '@stile/core';

/** One row of the ledger, with the booking it names as that is stored now. */
export interface LedgerRow extends LedgerEntry {
  /** Microseconds since 1970, as all times here. */
  readonly decidedAtUs: number;
  readonly booking: StoredBooking | undefined;
}

/** A booking's row: its status is the last one, all else was settled when it was decided. */
export interface StoredBooking extends Booking {
  readonly acceptedAtUs: number;
  readonly decidedAtUs: number | null;
}

/** A section's row: how it stands after the last decision of its ledger. */
export interface StoredSection extends Section {
  /** Null unless seats are reserved. */
  readonly seatRows: readonly SeatRow[] | null;
  /** Terms that were changed later, as they were before the first decision. */
  readonly firstTerms: Partial<Terms>;
}
