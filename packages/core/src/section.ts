/** How seats are told apart: not at all, or by row and number. */
export type Seating = 'general' | 'reserved';

/** What a section sells and under which rules; all of it can be changed, through the lane only. */
export interface Terms {
  /** Seats in all, a positive integer. */
  readonly capacity: number;
  /** Price of one seat in minor units of the event's currency. */
  readonly price: number;
  /** Seats one booking may have at most; null for no limit. */
  readonly maxPerBooking: number | null;
  /** Seats one user may have in live bookings at most; null for no limit. */
  readonly maxPerUser: number | null;
  /** How long a hold lasts, in seconds. */
  readonly holdSeconds: number;
  /** Requests accepted before this are turned down; microseconds since 1970. */
  readonly salesOpenAtUs: number | null;
  /** Requests accepted at this time or later are turned down. */
  readonly salesCloseAtUs: number | null;
  /** Sells nothing any more: its event is being deleted. */
  readonly closed: boolean;
}

/**
 * The inventory of one section, as a lane sees it between two decisions.
 *
 * Invariants: `remaining + held + confirmed = capacity`, none of them negative; `sequence` is the
 * number of the last decision recorded in this section (0 before the first) and grows by exactly
 * one with each; `version` grows by one with every change of the section itself, so a rejection
 * leaves it alone.
 */
export interface Section extends Terms {
  readonly id: string;
  readonly seating: Seating;
  /** Seats nobody holds or has booked. */
  readonly remaining: number;
  /** Seats in holds. */
  readonly held: number;
  /** Seats in confirmed bookings. */
  readonly confirmed: number;
  /** Bookings turned down so far. */
  readonly rejected: number;
  /** What the confirmed bookings cost together, in minor units. */
  readonly revenue: number;
  readonly sequence: number;
  readonly version: number;
}

/** The most seats one section can have; keeps every sum far inside a 32-bit column. */
export const capacityMax = 1_000_000;

/** The highest price of one seat, in minor units: a booking's total then stays an exact integer. */
export const priceMax = 1_000_000_000;

/** A hold lasts two minutes unless the section says otherwise, and a day at most. */
export const holdSecondsDefault = 120;
export const holdSecondsMax = 86_400;
