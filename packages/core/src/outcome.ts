import type { Booking, BookingStatus, RejectionReason } from './booking.js';
import type { Command } from './command.js';
import type { Section, Terms } from './section.js';

/** A change of a section's terms, as the ledger keeps it. */
export interface SectionChange {
  /** The command's id: by it a change that is decided again is known to be made. */
  readonly id: string;
  readonly from: Partial<Terms>;
  readonly to: Partial<Terms>;
}

/** One row of the ledger: a recorded decision with its place in the section's history. */
export interface LedgerEntry {
  readonly sectionId: string;
  /** 1, 2, 3, … without a gap. */
  readonly sequence: number;
  readonly command: Command['kind'];
  /** Null for a change of the section. */
  readonly bookingId: string | null;
  readonly userId: string | null;
  /** Who gave the command; null when the api ran open, or the pipeline itself did. */
  readonly caller: string | null;
  /** Seats of the booking; 0 for a change of the section. */
  readonly quantity: number;
  readonly outcome: BookingStatus | 'changed';
  readonly reason: RejectionReason | null;
  /** Seats left in the section after this decision. */
  readonly remaining: number;
  /** Labels of the seats that were booked, or asked for in vain. */
  readonly seats: readonly string[] | null;
  /** True when the seats were chosen by the caller, false when picked; null in general seating. */
  readonly chosen: boolean | null;
  readonly expiresAtUs: number | null;
  /** What a change of the section replaced, by what, and by which command. */
  readonly change: SectionChange | null;
  readonly acceptedAtUs: number;
}

/** Why a command that is not a request to book was refused: nothing is changed or recorded. */
export type Refusal =
  /** No booking with this id was ever decided. */
  | 'unknown'
  /** What the booking is instead of what the command needs. */
  | BookingStatus
  /** The new capacity would be less than what is held and confirmed. */
  | 'below_sold'
  /** Seats of a reserved section can't be added or taken away. */
  | 'reserved'
  /** The section still has live bookings. */
  | 'live_bookings'
  /** The database can't store what it comes to; it is logged under the command's id. */
  | 'undecidable';

/** What became of one command. */
export type Verdict =
  /** It changed something, or was a request to book: it is in the ledger. */
  | {
      readonly kind: 'recorded';
      readonly entry: LedgerEntry;
      readonly section: Section;
      /** The booking as it is now; undefined for a change of the section. */
      readonly booking: Booking | undefined;
    }
  /** It was decided before, or asks for what is already so: nothing is changed or recorded. */
  | { readonly kind: 'repeated'; readonly booking: Booking | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
