import type { ToldStatus } from './buyer.js';
import type { Evidence } from './evidence.js';
import { checkOrder } from './order.js';

/** One thing that must be so, and what was found. */
export interface Finding {
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

/** What was asked of the sale, and what its clients were told. */
export interface Claims {
  readonly seats: number;
  readonly buyers: number;
  readonly quantity: number;
  readonly told: ReadonlyMap<string, ToldStatus | 'queued'>;
}

export const holds = ({ expected, found }: Finding): boolean => expected === found;

/** Seats confirmed according to the ledger. */
export const seatsSold = ({ decisions }: Evidence): number =>
  decisions.reduce((sum, row) => sum + (row.outcome === 'confirmed' ? row.quantity : 0), 0);

/** Compares what clients were told with what was recorded; the sale is proved when all hold. */
export function findingsOf(claims: Claims, evidence: Evidence): Finding[] {
  const { decisions } = evidence;
  const sold = seatsSold(evidence);
  const none = (what: string, found: number): Finding => ({ what, expected: 0, found });
  return [
    {
      what: 'seats sold',
      expected:
        Math.min(Math.floor(claims.seats / claims.quantity), claims.buyers) * claims.quantity,
      found: sold,
    },
    none('seats oversold', oversold(claims, evidence)),
    { what: 'seats sold and left', expected: evidence.capacity, found: sold + evidence.remaining },
    { what: 'buyers answered', expected: claims.buyers, found: answered(claims) },
    { what: 'decisions recorded', expected: claims.told.size, found: decisions.length },
    none('gaps in the sequence', gaps(evidence)),
    none('decisions out of order', checkOrder(evidence).outOfOrder),
    none('decisions and bookings that differ', unlikeBookings(evidence)),
    none('answers unlike what is recorded', untrueAnswers(claims, evidence)),
  ];
}

/** Seats sold above what there was. */
export const oversold = ({ seats }: Pick<Claims, 'seats'>, evidence: Evidence): number =>
  Math.max(0, seatsSold(evidence) - seats);

function answered({ told }: Claims): number {
  let count = 0;
  for (const status of told.values()) if (status !== 'queued') count++;
  return count;
}

/** Places where the sequence is not 1, 2, 3, … */
const gaps = ({ decisions }: Evidence): number =>
  decisions.filter(({ sequence }, index) => sequence !== index + 1).length;

const unlikeBookings = ({ decisions, bookingCount }: Evidence): number =>
  decisions.filter((row) => row.outcome !== row.bookingStatus).length +
  Math.abs(bookingCount - decisions.filter((row) => row.bookingStatus !== null).length);

function untrueAnswers({ told }: Claims, { decisions }: Evidence): number {
  const recorded = new Map(decisions.map((row) => [row.bookingId, row.outcome]));
  let untrue = 0;
  for (const [bookingId, status] of told) {
    if (status !== 'queued' && recorded.get(bookingId) !== status) untrue++;
  }
  return untrue;
}
