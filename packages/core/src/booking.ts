/** Why a request to book was turned down; stored with the booking and in the ledger. */
export type RejectionReason =
  | 'sold_out'
  | 'seat_taken'
  | 'limit_exceeded'
  | 'sales_closed'
  | 'internal_error';

/** What a booking can be once its lane has seen it; before that it is queued. */
export type BookingStatus = 'held' | 'confirmed' | 'rejected' | 'expired' | 'cancelled';

/** A booking as its lane knows it. */
export interface Booking {
  readonly id: string;
  readonly sectionId: string;
  readonly userId: string | null;
  /** Who asked for it, and may read, confirm and cancel it; null when the api ran open. */
  readonly caller: string | null;
  readonly quantity: number;
  readonly status: BookingStatus;
  readonly reason: RejectionReason | null;
  /** In minor units: quantity times the seat's price when it was decided. */
  readonly price: number;
  /** Labels of its seats, in a reserved section. */
  readonly seats: readonly string[] | null;
  /** Whether its seats are side by side, when they were picked for it. */
  readonly adjacent: boolean | null;
  /** When its hold ends, or ended; null when it never was a hold. */
  readonly expiresAtUs: number | null;
  /**
   * The number of its decision; null when it was cancelled while it was queued and its lane hasn't
   * come to it yet.
   */
  readonly sequence: number | null;
}

/** A booking that has seats: one that can be cancelled and counts towards its user's limit. */
export const isLive = (status: BookingStatus): boolean =>
  status === 'held' || status === 'confirmed';
