import type { ToldStatus } from '../history.js';
import type { SectionEvidence } from './section-evidence.js';
import type { Violation } from './violation.js';

const promise = 'a decided booking changes by confirm, cancel and expire alone, each once';

type Outcome = Exclude<ToldStatus, 'queued'>;

/** The outcomes that may follow one in the ledger of a booking. */
const next: Readonly<Record<Outcome, readonly Outcome[]>> = {
  held: ['confirmed', 'expired', 'cancelled'],
  confirmed: ['cancelled'],
  rejected: [],
  expired: [],
  cancelled: [],
};

/** Follows each booking through the ledger to the status that is stored of it. */
export function checkLives({ truth }: SectionEvidence): Violation[] {
  const violations: Violation[] = [];
  const last = new Map<string, Outcome>();
  for (const { command, bookingId, outcome, sequence } of truth.ledger) {
    const before = last.get(bookingId);
    last.set(bookingId, outcome);
    const isAllowed = before === undefined ? command === 'book' : next[before].includes(outcome);
    if (isAllowed) continue;
    const detail = `${bookingId} was ${before ?? 'unknown'} and became ${outcome} at ${sequence}`;
    violations.push({ promise, detail });
  }
  for (const [bookingId, outcome] of last) {
    const status = truth.bookings.get(bookingId)?.status;
    if (status === outcome) continue;
    const detail = `${bookingId} is ${status ?? 'missing'}; its last decision was ${outcome}`;
    violations.push({ promise, detail });
  }
  return violations;
}
