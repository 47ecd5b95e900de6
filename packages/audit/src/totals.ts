import type { LedgerEntry, Section } from '@stile/core';

/** What was decided: how many decisions there were of each outcome, and where they led. */
export interface Totals extends Record<LedgerEntry['outcome'], number> {
  decisions: number;
  /** Seats in confirmed bookings in the end. */
  seatsConfirmed: number;
  /** Seats in holds in the end. */
  seatsHeld: number;
  /** Bookings that were accepted anew because the queue had lost them. */
  enqueuedAgain: number;
}

export const noTotals = (): Totals => ({
  ...{ decisions: 0, held: 0, confirmed: 0, rejected: 0, expired: 0, cancelled: 0, changed: 0 },
  ...{ seatsConfirmed: 0, seatsHeld: 0, enqueuedAgain: 0 },
});

/** Adds a decision and what it did to its section. */
export function addDecision(
  totals: Totals,
  outcome: LedgerEntry['outcome'],
  before: Section,
  after: Section,
): void {
  totals.decisions++;
  totals[outcome]++;
  totals.seatsConfirmed += after.confirmed - before.confirmed;
  totals.seatsHeld += after.held - before.held;
}
