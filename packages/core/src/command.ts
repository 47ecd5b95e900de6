import type { Terms } from './section.js';

interface CommandBase {
  /** Names the command within its job; a book command's is its booking's. See booking-id.ts. */
  readonly id: string;
  readonly sectionId: string;
  /** When the api accepted it: microseconds since 1970, strictly rising within one api process. */
  readonly acceptedAtUs: number;
  /**
   * Who asked for it, as the api names its callers; without one the api runs open, or the command
   * is the pipeline's own. It plays no part in a decision: it is kept with it.
   */
  readonly caller?: string;
}

/** Asks for seats: so many, or these. */
export interface BookCommand extends CommandBase {
  readonly kind: 'book';
  /** Seats wanted, a positive integer; as many as `seats` when that is given. */
  readonly quantity: number;
  /** Labels of the seats wanted, all different; all of them or none are booked. */
  readonly seats?: readonly string[];
  readonly userId?: string;
  /** Hold the seats until they are confirmed or the section's `holdSeconds` are over. */
  readonly hold?: boolean;
}

/** Makes a hold a confirmed booking, if it was accepted before the hold ends. */
export interface ConfirmCommand extends CommandBase {
  readonly kind: 'confirm';
  readonly bookingId: string;
}

/** Gives the seats of a live booking back. */
export interface CancelCommand extends CommandBase {
  readonly kind: 'cancel';
  readonly bookingId: string;
}

/** Gives the seats of a hold back whose time is over; changes nothing before that. */
export interface ExpireCommand extends CommandBase {
  readonly kind: 'expire';
  readonly bookingId: string;
}

/** Changes the terms of a section: its capacity, price or limits. */
export interface ChangeCommand extends CommandBase {
  readonly kind: 'change';
  readonly terms: Partial<Terms>;
}

/** Everything that can change a section's inventory. All of it goes through the section's lane. */
export type Command = BookCommand | ConfirmCommand | CancelCommand | ExpireCommand | ChangeCommand;
